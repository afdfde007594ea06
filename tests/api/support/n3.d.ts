// The package brings no types of its own; only what is used here.
declare module 'n3' {
  export class Parser {
    constructor(options?: { format?: string })
    parse(text: string): unknown[]
  }
  export class Store {
    constructor(quads?: unknown[])
  }
}
