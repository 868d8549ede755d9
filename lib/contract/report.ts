/**
 * The report of a first contact, in Markdown, to be sent to the maintainers: no key, name, address, order
 * or tracking number is in it, no host, and none of the vendor's own words.
 */
import * as z from 'zod/v4';
import { clockWords } from '../base/clock';
import { type Finding, RESULTS } from './judge';

export interface Contract {
	vendor: 'TW' | 'TD';
	/** In the vendor's order. */
	findings: readonly Finding[];
	/** How far this host's clock is ahead of the vendor's, in milliseconds; undefined if no answer has a date. */
	clockAheadMs: number | undefined;
}

/** What matters most, in sentences. */
export function summaryOf({ vendor, findings, clockAheadMs }: Contract): string[] {
	const titles = (result: Finding['result']) =>
		findings.filter((found) => found.result === result).map(({ endpoint }) => endpoint);
	const asked = findings.length - titles('not asked').length;
	return [
		`${titles('as expected').length} of the ${asked} endpoints that were asked answer as expected.`,
		clockAheadMs === undefined
			? `${vendor} sends no time, so the clock of this n8n could not be compared.`
			: `The clock of this n8n is ${clockWords(clockAheadMs)} ${vendor}'s.`,
		...findings.flatMap(({ endpoint, path_override: path }) =>
			path === null ? [] : [`Enter under _Path Overrides_: ${endpoint} \`${path}\`.`],
		),
		...RESULTS.filter((result) => result !== 'as expected' && titles(result).length > 0).map(
			(result) => `${result}: ${titles(result).join(', ')}.`,
		),
	];
}

/** Members of the output item that holds the report. */
export const reportMembers = () => ({
	clock_difference_seconds: z.number().nullable(),
	report: z.string(),
});

/** The report as the members of an output item, and as a file. */
export function reportResult(contract: Contract, name: string) {
	const { vendor, findings, clockAheadMs } = contract;
	const asked = findings.filter(({ result }) => result !== 'not asked');
	const report = [
		`# First contact with ${vendor}`,
		'',
		`Made by _Check Contract_ of n8n-nodes-tw-td on ${new Date().toISOString().slice(0, 10)}. Keys, names, addresses, order and tracking numbers, the host and ${vendor}'s own words are left out.`,
		'',
		...summaryOf(contract).map((line) => `- ${line}`),
		...asked.flatMap(section),
	].join('\n');
	const content = Buffer.from(report);
	const seconds = clockAheadMs === undefined ? null : Math.round(clockAheadMs / 1000);
	return {
		members: { clock_difference_seconds: seconds, report },
		file: { content, length: content.length, name, mimeType: 'text/markdown' },
	};
}

function section({ endpoint, code, vendor_message: _words, answer_form, ...found }: Finding) {
	// A text or a long number may be anything
	const shown = typeof code === 'number' && Math.abs(code) < 100_000 ? code : code && '(left out)';
	const lines = Object.entries({ ...found, code: shown })
		.map(([name, value]) => [name, JSON.stringify(value)] as const)
		.filter(([, text]) => !['null', '""', '[]'].includes(text))
		.map(([name, text]) => `- ${name}: ${text}`);
	return ['', `## ${endpoint}`, '', ...lines, '', '```', ...answer_form, '```'];
}
