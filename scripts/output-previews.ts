/**
 * Writes what n8n's editor shows of a node's output before its first run, from the outputs that the
 * operations themselves describe.
 *
 * `tsx scripts/output-previews.ts <folder>`; the build calls it with dist. n8n looks beside a node's file
 * for `__schema__/v<version>/<operation>.json`. A node without a parameter 'resource' or 'operation', as
 * every trigger is, has one for all that it puts out: `__schema__/v<version>.json`.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as z from 'zod/v4';
import { type Shape, shapeOf } from '../lib/base/shape';
import { allNodes, type NodeOffers } from './offers';

/** What a file holds: a JSON schema of the few words that n8n reads, and the version of its form. */
export interface Preview extends Shape {
	version: 1;
}

/** All our nodes are version 1, which n8n pads. */
const VERSION = 'v1.0.0';

/** Every preview by its path in the built package, e.g. `nodes/TwOrder/__schema__/v1.0.0/get.json`. */
export function outputPreviews(): Map<string, Preview> {
	return new Map(allNodes.flatMap(previewsOf));
}

function previewsOf({ folder, isTrigger, offers }: NodeOffers): Array<[string, Preview]> {
	const place = `nodes/${folder}/__schema__/${VERSION}`;
	if (isTrigger) {
		const all = z.union(offers.map(({ output }) => output.usual()));
		return [[`${place}.json`, previewOf(all)]];
	}
	return offers.map(({ value, output }) => [`${place}/${value}.json`, previewOf(output.usual())]);
}

const previewOf = (schema: z.ZodType): Preview => ({ ...shapeOf(schema), version: 1 });

function main(folder: string | undefined): void {
	if (folder === undefined) throw new Error('Say where to: tsx scripts/output-previews.ts dist');
	for (const [path, preview] of outputPreviews()) {
		const file = join(folder, path);
		mkdirSync(dirname(file), { recursive: true });
		writeFileSync(file, `${JSON.stringify(preview, null, 2)}\n`);
	}
}

if (require.main === module) main(process.argv[2]);
