import { relative } from 'node:path';
import type { Sandbox } from '../sandbox';
import type { Owner, Workflow } from './rest';

/** What a person needs to know once all is running. */
export function panel(facts: {
	editor: string;
	owner: Owner;
	flow: Workflow;
	sandbox: Sandbox;
	userFolder: string;
}): string {
	const { editor, owner, flow, sandbox, userFolder } = facts;
	const rows: [string, string][] = [
		['n8n', editor],
		['login', `${owner.email}   password: ${owner.password}`],
		['example flow', `${editor}/workflow/${flow.id}${flow.active ? '' : '   (switched off)'}`],
		['sandbox', `${sandbox.url}   TW and TD, played on this machine`],
		['your flows', `kept in ${relative(process.cwd(), userFolder)}`],
	];
	const line = '─'.repeat(78);
	return [
		line,
		...rows.map(([name, text]) => `  ${name.padEnd(14)}${text}`),
		'',
		'  Send it a paid order as Shopify would, in a second terminal, in this folder:',
		'    npm run demo:order',
		'  or to a Shop Trigger of your own, while it listens (its orange button):',
		'    npm run demo:order -- --to <its Test URL>',
		'',
		'  Ctrl-C stops everything.',
		line,
	].join('\n');
}
