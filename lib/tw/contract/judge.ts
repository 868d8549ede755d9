/** What one answer says of the contract: as we know it, or otherwise, and how. */
import { memberName } from '../../base/anonymous';
import { AuthenticationFault, type Fault } from '../../base/errors';
import { noAnswer } from '../../base/no-answer';
import { formOf } from '../../base/form';
import { isEmpty, isRecord } from '../../base/json-value';
import { type Differences, differences, shapeOf } from '../../base/shape';
import type { Look } from '../wire/client';
import { twEndpoints, type TwReadName } from '../wire/endpoints';
import { type Reader, readers } from './readers';

/** What became of a question. */
export const RESULTS = [
	'as expected',
	/** It can be read, and has members that we do not know, or lacks some that we do. */
	'other members',
	/** It is TW's, and our operations can not read it. */
	'not readable',
	/** Not at our path; at another one it can be read. */
	'other path',
	'not found',
	/** The account may not ask this. */
	'no right',
	/** Key, signature or clock. */
	'key refused',
	/** TW understood the question and said no. */
	'refused',
	/** What answers is not TW. */
	'not TW',
	/** TW is too busy, or has a fault of its own. */
	'not now',
	'no answer',
	'not asked',
] as const;

export type Result = (typeof RESULTS)[number];

export interface Judgement extends Differences {
	result: Result;
	httpStatus: number | null;
	/** TW's own code. */
	code: number | string | null;
	/** TW's own words. */
	words: string | null;
	/** Whether our operations get what they need; null if there was nothing to read. */
	understood: boolean | null;
	/** A sentence on what was found. */
	finding: string;
	/** What to do about it; empty if there is nothing to do. */
	advice: string;
	/** The answer's form, without its values. */
	form: string[];
}

/** Enough to see what is different. */
const MOST_MEMBERS = 40;

/** Judges how TW answered a request to an endpoint. */
export function judge(
	name: TwReadName,
	request: Record<string, unknown>,
	{ status, body, fault, ...look }: Look,
): Judgement {
	const reader = readers[name];
	const judged = fault
		? judgeFault(reader, request, { status, body, fault })
		: judgeData(name, reader, request, look.data);
	const { understood = null, unknown = [], missing = [], advice = '', ...rest } = judged;
	const said = isRecord(body) ? body['code'] : undefined;
	const code = fault?.facts.code ?? said;
	return {
		...rest,
		httpStatus: status,
		code: typeof code === 'number' || typeof code === 'string' ? code : null,
		words: fault?.facts.vendorMessage ?? null,
		understood,
		unknown: unknown.slice(0, MOST_MEMBERS),
		missing,
		advice,
		form: body === undefined ? [] : formOf(body),
	};
}

type Judged = Pick<Judgement, 'result' | 'finding'> &
	Partial<Pick<Judgement, 'understood' | 'unknown' | 'missing' | 'advice'>>;

const REPORT_IT = 'Send the report to the maintainers of these nodes.';

function judgeData(
	name: TwReadName,
	reader: Reader,
	request: Record<string, unknown>,
	data: unknown,
): Judged {
	const { unknown, missing } = compared(reader, data, request);
	if (!reader.reads(data, request)) {
		if (isEmpty(data)) {
			const finding =
				'TW answers with success and without data: it does not have what was asked for.';
			return { result: 'not found', finding, advice: 'Check the number that was asked for.' };
		}
		return {
			result: 'not readable',
			understood: false,
			unknown,
			missing,
			finding: `TW answers, but what our operations need is not where it is ${reader.isPublic ? 'documented' : 'assumed'} to be${inWords({ unknown, missing }, '; ')}.`,
			advice: REPORT_IT,
		};
	}
	if (unknown.length + missing.length > 0) {
		return {
			result: 'other members',
			understood: true,
			unknown,
			missing,
			finding: `Our operations can read it${inWords({ unknown, missing }, ', but ')}.`,
			advice: REPORT_IT,
		};
	}
	const known = twEndpoints[name].source === 'documented' ? 'documented' : 'assumed';
	return {
		result: 'as expected',
		understood: true,
		finding: `Path and answer are as ${reader.isPublic ? 'documented' : known === 'assumed' ? 'assumed' : 'documented, and the answer can be read'}.`,
	};
}

function judgeFault(
	reader: Reader,
	request: Record<string, unknown>,
	{ status, body, fault }: { status: number | null; body?: unknown; fault: Fault },
): Judged {
	if (status === null) {
		return { result: 'no answer', ...noAnswer(fault) };
	}
	const isSuccess = status >= 200 && status < 300;
	const strange = isSuccess && isRecord(body) ? otherEnvelope(reader, request, body) : undefined;
	if (strange) return strange;
	const { code } = fault.facts;
	const meaning = isSuccess ? asStatus(code) : status;
	if (meaning === 404 || meaning === 405) {
		return {
			result: 'not found',
			finding: isRecord(body)
				? 'TW does not know the path, or does not have what was asked for.'
				: `Nothing of TW's is at this path (HTTP ${status}).`,
			advice: 'Check the number that was asked for, and ask TW for the path.',
		};
	}
	if (meaning === 403) {
		return {
			result: 'no right',
			finding: 'TW knows the path, and this account may not use it.',
			advice: 'Ask TW to allow it for your account.',
		};
	}
	if (fault instanceof AuthenticationFault) {
		return {
			result: 'key refused',
			finding: 'TW refuses the signature of the request.',
			advice: fault.advice,
		};
	}
	if (meaning === 408 || meaning === 429 || meaning >= 500) {
		return {
			result: 'not now',
			finding: `TW can not answer this now (${meaning}).`,
			advice: 'Run this again later.',
		};
	}
	if (!isRecord(body)) {
		return {
			result: 'not TW',
			finding: `What answers here is not TW's API (HTTP ${status}): it sends no JSON object.`,
			advice:
				'Check the base URL of the TW API credential. If the other endpoints answer, ask TW for the path of this one.',
		};
	}
	if (code === undefined && isSuccess) {
		return {
			result: 'not readable',
			understood: false,
			finding: `TW's answer has another envelope than documented: ${envelopeOf(body)} instead of code, message, data.`,
			advice: REPORT_IT,
		};
	}
	return {
		result: 'refused',
		finding: 'TW understands the request and refuses it.',
		advice:
			'Look at what TW says; correct what was asked with, or send the report to the maintainers.',
	};
}

/** What a code in an answer with a status of success means as a status, as the client reads it. */
const asStatus = (code: number | string | undefined) =>
	typeof code === 'number' && code >= 100 && code < 600 ? code : 400;

/** Members of an envelope that say how it went, and hold nothing. */
const ENVELOPE = /^(code|status|err|success|msg|message|time)/i;

/** An answer that can be read once its envelope is taken for another one than TW's pages show. */
function otherEnvelope(
	reader: Reader,
	request: Record<string, unknown>,
	body: Record<string, unknown>,
): Judged | undefined {
	const found = Object.entries(body).find(
		([name, value]) => !ENVELOPE.test(name) && !isEmpty(value) && reader.reads(value, request),
	);
	if (!found) return undefined;
	const [member, data] = found;
	const name = memberName(member);
	return {
		result: 'not readable',
		understood: false,
		...compared(reader, data, request),
		finding:
			member === 'data'
				? `TW answers with data, and with another code than 200, which alone is documented to mean success.`
				: `TW's answer has another envelope than documented: ${envelopeOf(body)}. '${name}' holds what we expect in 'data'.`,
		advice: REPORT_IT,
	};
}

const envelopeOf = (body: Record<string, unknown>) =>
	[...new Set(Object.keys(body).map(memberName))].join(', ');

function compared(
	{ members, entry }: Reader,
	data: unknown,
	request: Record<string, unknown>,
): Differences {
	const value = members && entry ? entry(data, request) : undefined;
	if (!members || value === undefined) return { unknown: [], missing: [] };
	const { unknown, missing } = differences(value, shapeOf(members()));
	const shown = (path: string) => path.split('.').map(shownPart).join('.');
	return { unknown: [...new Set(unknown.map(shown))], missing };
}

/** Of `children[]` the name is `children`. */
function shownPart(part: string): string {
	const [, name = '', brackets = ''] = /^(.*?)((?:\[\])*)$/.exec(part) ?? [];
	return `${name === '' ? '' : memberName(name)}${brackets}`;
}

function inWords({ unknown, missing }: Differences, joint: string): string {
	const parts = [
		...(unknown.length > 0 ? [`we do not know ${unknown.join(', ')}`] : []),
		...(missing.length > 0 ? [`it lacks ${missing.join(', ')}`] : []),
	];
	return parts.length > 0 ? `${joint}${parts.join(', and ')}` : '';
}
