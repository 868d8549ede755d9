/** What the tests of dry runs look at. */
import type { INodeParameters } from 'n8n-workflow';

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
