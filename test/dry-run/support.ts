/** What the tests of dry runs look at: the register as it lies on the disk, and what a dry run shows. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { INodeParameters } from 'n8n-workflow';
import { registerFolder } from '../../lib/register/file-register';

/** Every file of the register with its contents; undefined if there is no register. */
export function registerFiles(): Record<string, string> | undefined {
	const folder = registerFolder(process.env);
	if (!existsSync(folder)) return undefined;
	const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
		.map((name) => join(folder, name))
		.filter((path) => statSync(path).isFile());
	return Object.fromEntries(files.map((path) => [path, readFileSync(path, 'utf8')]));
}

/** The parameters with further options. */
export const withOptions = (
	parameters: INodeParameters,
	options: INodeParameters,
): INodeParameters => ({
	...parameters,
	options: { ...(parameters['options'] as INodeParameters | undefined), ...options },
});

/** An item that a dry run puts out. */
export interface Shown {
	outcome: string;
	method: string;
	url: string;
	headers: Record<string, string>;
	body: Record<string, unknown>;
	body_text: string;
	register: { would: string; says: string; execution?: string | null };
	channel?: string | null;
	quoted_price?: string | null;
	remark?: string;
}
