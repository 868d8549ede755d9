import { headerRecord, type Answer, type Vendor, type VendorRequest } from '../exchange';
import type { LedgerBook } from '../ledger';
import type { Settings } from '../settings';
import type { BoxLabel } from './box-label';
import { labelDocument, labelType, type LabelFormat } from './document';
import { padded } from './padded';

/** Finds the labels of a whole order, or of one box of it, by tracking number. */
export type FindLabels = (scope: 'order' | 'box', trackingNumber: string) => BoxLabel[];

/**
 * The host label addresses point to: an origin of its own that asks for no credential.
 * Whether TW's addresses need one, or expire, is not known (ASSUMED: neither).
 */
export function labelHost(settings: Settings, ledger: LedgerBook, find: FindLabels): Vendor {
	return async (request) => {
		const answer = await download(request, settings, find);
		ledger.labelDownload({
			at: new Date().toISOString(),
			path: request.path,
			headers: headerRecord(request),
			status: answer.status,
		});
		return answer;
	};
}

async function download(
	request: VendorRequest,
	settings: Settings,
	find: FindLabels,
): Promise<Answer> {
	if (settings.labelRedirectTo !== '') {
		return plain(302, { location: settings.labelRedirectTo });
	}
	const parts = /^\/labels\/(order|box)\/(\w+)\.(pdf|zpl|png)$/.exec(request.path);
	const [, scope, number, format] = parts ?? [];
	const labels = parts && find(scope as 'order' | 'box', number ?? '');
	if (!labels?.length || request.method !== 'GET') return plain(404);

	const file = await labelDocument(labels, format as LabelFormat);
	const headers = { 'content-type': labelType(format as LabelFormat) };
	if (settings.labelBytes <= file.length)
		return { status: 200, headers, body: file, accepted: true };
	const { size, stream } = padded(file, settings.labelBytes);
	return {
		status: 200,
		headers: { ...headers, 'content-length': String(size) },
		body: stream,
		accepted: true,
	};
}

function plain(status: number, headers: Record<string, string> = {}): Answer {
	return {
		status,
		headers: { 'content-type': 'text/plain', ...headers },
		body: '',
		accepted: false,
	};
}
