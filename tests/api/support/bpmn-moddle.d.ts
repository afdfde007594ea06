// The package brings no types of its own.
declare module 'bpmn-moddle' {
  import type { Json } from './client'
  export class BpmnModdle {
    fromXML(xml: string): Promise<{ rootElement: Json; warnings: unknown[] }>
  }
}
