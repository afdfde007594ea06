import { expect, test } from 'vitest';
import { naechsteVersion } from './werkzeug';

test.each([['1.0', '1.1'], ['1.9', '1.10'], ['2', '2.1'], ['1.0.3', '1.0.4'], ['Mai', 'Mai.1'], ['1.x', '1.x.1']])('%s is followed by %s', (now, next) => {
  expect(naechsteVersion(now)).toBe(next);
});
