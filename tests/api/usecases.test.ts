// docs/usecases.md: all 170, each with the test that plays it, the reason why it is not wanted, or open.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { repository } from './support/engine'

/** How many use cases each chapter of the source has. */
const chapters = [4, 8, 24, 32, 3, 18, 24, 31, 3, 4, 1, 18]
const rows = readFileSync(join(repository, 'docs/usecases.md'), 'utf8')
  .split('\n')
  .filter((line) => /^\| \d/.test(line))
  .map((line) => line.split('|').slice(1, -1).map((cell) => cell.trim()) as [string, string, string, string])

test('names every use case once, in order', () => {
  const wanted = chapters.flatMap((count, chapter) => Array.from({ length: count }, (_, i) => `${chapter + 1}.${i + 1}`))
  expect(wanted).toHaveLength(170)
  expect(rows.map(([number]) => number)).toEqual(wanted)
  for (const [number, title] of rows) expect(title, number).toMatch(/\w/)
})

test('every test that is named is there', () => {
  for (const [number, , state, evidence] of rows.filter(([, , state]) => state === 'done')) {
    const [, file, name] = /^`([^`]+)`: (.+)$/.exec(evidence) ?? []
    expect(file, `${number} ${state}`).toBeDefined()
    const path = join(repository, file ?? '')
    expect(existsSync(path), `${number}: ${file}`).toBe(true)
    const source = readFileSync(path, 'utf8')
    const there = path.endsWith('.cpp') ? new RegExp(`^TEST(_P|_F)?\\(\\w+, ${name}\\)`, 'm').test(source) : source.includes(`'${name}'`)
    expect(there, `${number}: ${file} has no test “${name}”`).toBe(true)
  }
})

test('what is not wanted has its reason, and what is open claims nothing', () => {
  for (const [number, , state, evidence] of rows) {
    expect(['done', 'not wanted', 'open'], number).toContain(state)
    if (state === 'not wanted') expect(evidence.length, number).toBeGreaterThan(20)
    if (state === 'open') expect(evidence, number).toBe('')
  }
})
