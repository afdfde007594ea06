// npm's s3rver, made to keep what every real S3 store promises: an object is there whole or not at all, and is there when the
// request has been answered.
import { createHash } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { finished } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import S3rver from 's3rver'

/** Starts one on a free port, with the bucket „proben“. */
export async function startS3(directory) {
  const server = new S3rver({ port: 0, address: '127.0.0.1', silent: true, directory, configureBuckets: [{ name: 'proben', configs: [] }] })
  const files = server.store
  // Its own one answers while the bytes are still on their way into the file.
  files.putObject = async ({ bucket, key, content, metadata }) => {
    const bytes = Buffer.isBuffer(content) ? content : await buffer(content)
    const path = files.getResourcePath(bucket, key, 'object')
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, bytes)
    const md5 = createHash('md5').update(bytes).digest('hex')
    await files.putMetadata(bucket, key, metadata, md5)
    return { size: bytes.length, md5 }
  }
  // And it lets readers see a file while it is written.
  let before = Promise.resolve()
  server.middleware.unshift(async (context, next) => {
    const turn = before
    before = new Promise((resolve) => finished(context.res, resolve))
    await turn
    await next()
  })
  const { port } = await server.run()
  return { port, close: () => server.close() }
}
