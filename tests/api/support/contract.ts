// The description of the API as a judge: every reply must be one that it declares.
import { Ajv2020 } from 'ajv/dist/2020.js'
import type { ErrorObject, ValidateFunction } from 'ajv'
import addFormats from 'ajv-formats'

export interface Parameter {
  name: string
  in: 'path' | 'query' | 'header'
  required?: boolean
  schema?: object
}
interface Content {
  content?: Record<string, { schema?: object }>
}
export interface Operation {
  operationId: string
  method: string
  path: string
  parameters: Parameter[]
  requestBody?: Content
  responses: Record<string, Content & { $ref?: string }>
  security?: unknown[]
  'x-recht'?: string
}
interface Description {
  paths: Record<string, Record<string, Operation>>
  components: { responses: Record<string, Content> }
}

const words = (errors: ErrorObject[] | null | undefined): string =>
  (errors ?? []).map((error) => `${error.instancePath} ${error.message ?? ''} ${JSON.stringify(error.params)}`).join('; ')

export class Contract {
  readonly operations = new Map<string, Operation>()
  /** The operations that answered well at least once: refusals alone do not show that a route works. */
  readonly called = new Set<string>()
  private readonly ajv = new Ajv2020({ strict: true, allErrors: true, formats: { int64: true } })
  private readonly validators = new Map<object, ValidateFunction>()

  private constructor(readonly description: Description) {
    addFormats.default(this.ajv)
    this.ajv.addVocabulary(['openapi', 'info', 'servers', 'security', 'tags', 'paths', 'components'])
    this.ajv.addSchema({ $id: 'openapi', ...description })
    for (const [path, verbs] of Object.entries(description.paths))
      for (const [method, operation] of Object.entries(verbs))
        this.operations.set(operation.operationId, { ...operation, parameters: operation.parameters ?? [], method: method.toUpperCase(), path })
  }

  static async of(url: string): Promise<Contract> {
    const reply = await fetch(`${url}/api/openapi.json`)
    return new Contract((await reply.json()) as Description)
  }

  operation(id: string): Operation {
    const operation = this.operations.get(id)
    if (!operation) throw new Error(`the API has no operation ${id}`)
    return operation
  }

  /** Why the reply is not one that the operation declares; empty when it is. */
  objections(operation: Operation, status: number, type: string | null, body: Buffer): string {
    const range = `${Math.floor(status / 100)}XX`
    const declared = operation.responses[String(status)] ?? operation.responses[range]
    if (!declared) return `status ${status} is not declared`
    const content = (declared.$ref ? this.description.components.responses[declared.$ref.split('/').pop() ?? ''] : declared)?.content
    if (!content) return body.length > 0 ? `a body of ${body.length} bytes where none is declared` : ''
    const essence = (type ?? '').replace(/;.*/, '')
    const media = content[essence] ?? content['*/*']
    if (!media) return `content type ${essence} is not declared`
    return this.judge(media.schema ?? {}, essence, body)
  }

  private judge(schema: object, essence: string, body: Buffer): string {
    if (!essence.endsWith('json')) return ''
    const validate = this.validators.get(schema) ?? this.ajv.compile(JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"openapi#/')) as object)
    this.validators.set(schema, validate)
    return validate(JSON.parse(body.toString('utf8'))) ? '' : words(validate.errors)
  }
}
