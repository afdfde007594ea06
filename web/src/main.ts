import './styles/index.css';
import { mount } from 'svelte';
import App from './App.svelte';
import { register } from './core/features';
import { features } from './features';

register(features);
const target = document.getElementById('app');
if (target !== null) mount(App, { target });
