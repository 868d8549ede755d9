import type { Credentials } from './credentials';
import type { Ledger } from './ledger';
import type { Settings } from './settings';
import { tdPath } from './td/vendor';

/** More rows than this make the page slow to read; the ledger has them all. */
const mostRows = 50;

/** The page a person sees who opens the sandbox's address. Plain HTML, no scripts. */
export function page(
	origin: string,
	settings: Readonly<Settings>,
	{ tw, td }: Credentials,
	ledger: Ledger,
): string {
	return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>TW and TD sandbox</title>
<style>
	body { font: 16px/1.5 system-ui, sans-serif; max-width: 62rem; margin: 2rem auto; padding: 0 1rem; color: #222; }
	table { border-collapse: collapse; width: 100%; margin: .5rem 0 1.5rem; }
	th, td { text-align: left; padding: .3rem .6rem; border-bottom: 1px solid #ddd; vertical-align: top; }
	code { background: #f3f3f3; padding: .1rem .3rem; border-radius: .2rem; overflow-wrap: anywhere; }
	.none { color: #777; }
</style>
</head>
<body>
<h1>TW and TD sandbox</h1>
<p>A stand-in for TW (quotes, orders, labels, invoices) and TrustDecision (order events) on this machine.
Nothing here is shipped, charged or reported. All data is invented, and lost when the sandbox stops.</p>

<h2>Credentials</h2>
${table(
	['Field', 'TW API', 'TD API'],
	[
		['Base URL', code(origin), code(`${origin}${tdPath}`)],
		['User name / Partner code', code(tw.username), code(td.partnerCode)],
		['API key / Partner key', code(tw.apiKey), code(td.partnerKey)],
		['API token / Channel', code(tw.apiToken), code(td.channel)],
		['Region', '', code(settings.region)],
	],
)}

<h2>Orders (${ledger.counts.orders})</h2>
${table(
	['Accepted', 'Order number', 'Channel', 'Boxes', 'Request id'],
	newest(ledger.orders).map(({ at, no, product, boxes, requestId }) => [
		escape(at),
		escape(no),
		escape(product),
		String(boxes),
		code(requestId),
	]),
)}

<h2>Events (${ledger.counts.events})</h2>
${table(
	['Accepted', 'Event', 'Order', 'Event time', 'Sequence id'],
	newest(ledger.events).map(({ at, eventType, orderId, eventTime, sequenceId }) => [
		escape(at),
		escape(eventType),
		escape(orderId),
		escape(eventTime),
		code(sequenceId),
	]),
)}

<h2>Requests (${ledger.counts.requests})</h2>
${table(
	['Time', 'Request', 'Status', 'Accepted', 'Fault'],
	newest(ledger.requests).map(({ at, method, path, status, accepted, fault }) => [
		escape(at),
		code(`${method} ${path}`),
		String(status ?? 'none'),
		accepted ? 'yes' : 'no',
		escape(fault ?? ''),
	]),
)}

<h2>Controls</h2>
${table(
	['Request', 'What it does'],
	[
		[code('GET /sandbox/ledger'), 'everything received and accepted, as JSON'],
		[code('GET /sandbox/settings'), 'the settings as they are'],
		[
			code('POST /sandbox/settings'),
			`changes settings, for example ${code('{"stateStepMs": 500}')}`,
		],
		[
			code('POST /sandbox/faults'),
			`adds a fault, for example ${code('{"kind": "status", "status": 503, "path": "orderInfo", "times": 1}')}`,
		],
		[code('DELETE /sandbox/faults'), 'removes all faults'],
		[code('POST /sandbox/reset'), 'forgets orders, bags, faults and the ledger'],
	],
)}
</body>
</html>
`;
}

function newest<T>(entries: readonly T[]): T[] {
	return entries.slice(-mostRows).reverse();
}

function table(head: string[], rows: string[][]): string {
	if (rows.length === 0) return '<p class="none">None yet.</p>';
	const cells = (tag: string, row: string[]) =>
		`<tr>${row.map((cell) => `<${tag}>${cell}</${tag}>`).join('')}</tr>`;
	return `<table>${cells('th', head)}${rows.map((row) => cells('td', row)).join('')}</table>`;
}

function code(text: string): string {
	return `<code>${escape(text)}</code>`;
}

function escape(text: string): string {
	return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
