/**
 * What can be told of TD without reporting an event: TD has no call that only reads, so it is sent an
 * empty object, which it must refuse. The key is not judged by that.
 */
import { memberName, withoutNames } from '../base/anonymous';
import { clockWords, WORTH_MENTIONING_MS } from '../base/clock';
import { AuthenticationFault, BadAnswerFault, type Fault, NotFoundFault } from '../base/errors';
import { formOf } from '../base/form';
import { isRecord } from '../base/json-value';
import { noAnswer } from '../base/no-answer';
import type { TdAccount } from './account';
import type { TdLook } from './client';
import { tdCodes } from './codes';

export const TD_RESULTS = [
	/** TD refuses the empty object with a code that it documents. */
	'as expected',
	/** It is refused, with a code that TD does not document. */
	'refused',
	/** TD took the empty object for an event. */
	'taken',
	/** It can be read, and has members that we do not know, or lacks some that we do. */
	'other members',
	'key refused',
	'not found',
	/** What answers is not TD. */
	'not TD',
	'not now',
	'no answer',
] as const;

export interface TdFinding {
	result: (typeof TD_RESULTS)[number];
	/** Path of the address, without host and query. */
	path: string;
	httpStatus: number | null;
	/** TD's own code. */
	code: number | string | null;
	/** TD's own words. */
	words: string | null;
	unknown: string[];
	missing: string[];
	/** A sentence on what was found. */
	finding: string;
	/** What to do about it; empty if there is nothing to do. */
	advice: string;
	/** The answer's form, without its values. */
	form: string[];
	clockAheadMs: number | undefined;
}

/** Members of TD's answer [documented]. */
const MEMBERS = ['code', 'message', 'sequence_id'];

export function judgeTd(look: TdLook, { url }: Pick<TdAccount, 'url'>): TdFinding {
	const { status, body, fault, clockAheadMs } = look;
	const names = isRecord(body) ? Object.keys(body) : [];
	const isTd = fault?.facts.code !== undefined || fault === undefined;
	const { code, vendorMessage } = fault?.facts ?? {};
	return {
		...judged(look, names),
		path: url.pathname,
		httpStatus: status,
		code: code ?? (isTd && isRecord(body) ? (body['code'] as number | string) : null),
		words: vendorMessage ?? null,
		unknown: isTd ? names.filter((name) => !MEMBERS.includes(name)).map(memberName) : [],
		missing: isTd ? MEMBERS.filter((name) => !names.includes(name)) : [],
		form: body === undefined ? [] : formOf(body),
		clockAheadMs,
	};
}

type Judged = Pick<TdFinding, 'result' | 'finding' | 'advice'>;

const REPORT_IT = 'Send the report to the maintainers of these nodes.';

function judged({ status, fault }: TdLook, names: readonly string[]): Judged {
	if (!fault) {
		return {
			result: 'taken',
			finding: 'TD answers with success to an empty object, which is no event.',
			advice: REPORT_IT,
		};
	}
	if (status === null) return { result: 'no answer', ...noAnswer(fault) };
	const { code } = fault.facts;
	if (typeof code === 'number' && code in tdCodes) {
		const strange = names.some((name) => !MEMBERS.includes(name)) || names.length < MEMBERS.length;
		return strange
			? {
					result: 'other members',
					finding: 'TD refuses the empty object as documented, in an answer with other members.',
					advice: REPORT_IT,
				}
			: {
					result: 'as expected',
					finding:
						'TD is there and refuses the empty object as documented. Whether it accepts the key shows with the first event only.',
					advice: '',
				};
	}
	return ofFault(fault, status);
}

function ofFault(fault: Fault, status: number): Judged {
	const { advice } = fault;
	if (fault instanceof AuthenticationFault) {
		return { result: 'key refused', finding: 'TD refuses the partner code or key.', advice };
	}
	if (fault instanceof NotFoundFault) {
		const finding = `Nothing of TD's is at this path (HTTP ${status}).`;
		return { result: 'not found', finding, advice: 'Check the region and the base URL override.' };
	}
	if (status === 408 || status === 429 || status >= 500) {
		return {
			result: 'not now',
			finding: `TD can not answer now (HTTP ${status}).`,
			advice: 'Run this again later.',
		};
	}
	if (fault instanceof BadAnswerFault || fault.facts.code === undefined) {
		const finding = `What answers is not TD's API (HTTP ${status}): it sends no code.`;
		return { result: 'not TD', finding, advice };
	}
	return {
		result: 'refused',
		finding: 'TD refuses the empty object with a code that it does not document.',
		advice: REPORT_IT,
	};
}

/**
 * The report in Markdown, to be sent to the maintainers: no key, name, number or host is in it.
 *
 * @param nowMs the clock, milliseconds since 1970 UTC
 */
export function tdReport(found: TdFinding, { region }: TdAccount, nowMs: number): string {
	const { finding, advice, unknown, missing, words, form } = found;
	const line = (label: string, list: readonly string[]) =>
		list.length > 0 ? [`- ${label}: ${list.map((one) => `\`${one}\``).join(', ')}`] : [];
	return [
		'# First contact with TD',
		'',
		`Made by _Check Contract_ of n8n-nodes-tw-td on ${new Date(nowMs).toISOString().slice(0, 10)}. Keys, names, numbers and the host are left out; of what TD says, all words but the usual ones.`,
		'',
		advice ? `${finding} ${advice}` : finding,
		'',
		`- Region: ${region.name}, which requires amounts in ${region.currency}`,
		`- Path: \`${found.path}\``,
		`- HTTP ${found.httpStatus ?? '–'}, code ${found.code === null ? '–' : codeText(found.code)}`,
		`- ${clockLine(found.clockAheadMs)}`,
		...(words ? [`- TD says: ${withoutNames(words)}`] : []),
		...line('Members we do not know', unknown),
		...line('Members that are missing', missing),
		...(form.length > 0 ? ['- The answer:', '', '```', ...form, '```'] : []),
		'',
	].join('\n');
}

/** A code is a number that TD documents; anything else may be anything. */
const codeText = (code: number | string) =>
	typeof code === 'number' ? String(code) : withoutNames(code);

function clockLine(aheadMs: number | undefined): string {
	if (aheadMs === undefined)
		return 'TD tells no time, so the clock of this n8n could not be compared.';
	return Math.abs(aheadMs) < WORTH_MENTIONING_MS
		? "The clock of this n8n and TD's agree."
		: `The clock of this n8n is ${clockWords(aheadMs)} TD's: set it, or events get a wrong time.`;
}
