// The catalogue as RDF, held against the shapes of DCAT-AP.de (dcat-ap-de.ttl).
import { readFileSync } from 'node:fs'
import jsonld from 'jsonld'
import { Parser, Store } from 'n3'
import SHACLValidator from 'rdf-validate-shacl'
import type { Json } from './client'

const shapes = new Store(new Parser().parse(readFileSync(new URL('dcat-ap-de.ttl', import.meta.url), 'utf8')))

/** Strict: a word that no vocabulary has, or a wrong address, fails. */
export async function graphOf(katalog: Json): Promise<Store> {
  return new Store(new Parser({ format: 'N-Quads' }).parse((await jsonld.toRDF(katalog, { format: 'application/n-quads', safe: true } as never)) as unknown as string))
}

/** What is wrong, as "property: rule"; empty when it conforms. */
export async function violations(katalog: Json): Promise<string[]> {
  const validator = new SHACLValidator(shapes as never)
  const report = await validator.validate((await graphOf(katalog)) as never)
  const short = (iri = ''): string => iri.replace(/^.*[/#]/, '')
  return report.results.map((one: Json) => `${short(one.path?.value)}: ${short(one.sourceConstraintComponent?.value)}`).sort()
}
