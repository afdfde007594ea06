// The description is OpenAPI 3.1 by the standard's own schema, and tidy: what a client's generator stumbles over.
import { Validator } from '@seriousme/openapi-schema-validator'
import { beforeAll, expect, test } from 'vitest'
import { program } from '../support/engine'
import { must } from '../support/process'

type Operation = { operationId: string; summary?: string; tags?: string[]; responses: Record<string, unknown>; parameters?: { name: string; in: string }[] }
type Description = { openapi: string; paths: Record<string, Record<string, Operation>> }

let description: Description
let operations: [string, Operation][]
beforeAll(async () => {
  description = JSON.parse(await must(program, ['describe', 'openapi'])) as Description
  operations = Object.entries(description.paths).flatMap(([path, verbs]) => Object.values(verbs).map((o): [string, Operation] => [path, o]))
})

test('holds against the schema of OpenAPI 3.1', async () => {
  const result = await new Validator().validate(structuredClone(description))
  expect(result.errors ?? []).toEqual([])
  expect(result.valid).toBe(true)
})

test('every operation has an id of its own, a summary, a tag, and says how it fails', () => {
  expect(new Set(operations.map(([, o]) => o.operationId)).size).toBe(operations.length)
  for (const [path, operation] of operations) {
    expect(operation.summary, path).toMatch(/\S/)
    expect(operation.tags, path).toHaveLength(1)
    expect(Object.keys(operation.responses).some((status) => status.startsWith('2')), path).toBe(true)
    expect(Object.keys(operation.responses).some((status) => /^[45d]/.test(status)), path).toBe(true)
  }
})

test('every parameter of a path is declared', () => {
  for (const [path, operation] of operations)
    for (const [, name] of path.matchAll(/\{(\w+)\}/g))
      expect(operation.parameters?.some((p) => p.in === 'path' && p.name === name), `${path} ${name}`).toBe(true)
})
