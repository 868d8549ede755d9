/** Judges one answer of a vendor: as we know it, or different, and how. */
import * as z from 'zod/v4';
import { isEmpty, isRecord } from '../base/json';
import { shapeOf } from '../base/shape';
import type { RawAnswer } from '../http/raw-answer';
import { differences, memberName, outlineOf } from './outline';

const REPORT_IT = 'Send the report to the maintainers of these nodes.';
const CHECK_ADDRESS = 'Check the number that was asked for, the base URL and the path.';

/** Each result with its finding and advice; the table in docs/first-contact.md has them too. */
const WORDS = {
	'as expected': ['Path and answer are as we know them.', ''],
	'other members': ['Our operations can read it, but it has other members.', REPORT_IT],
	'not readable': ['What our operations need is not where we expect it.', REPORT_IT],
	'other path': ["It is at 'path_override'.", `Enter that under 'Path Overrides'. ${REPORT_IT}`],
	'not found': ['The path is wrong, or what was asked for is not there.', CHECK_ADDRESS],
	'no right': ['This account may not use it.', 'Ask the vendor to allow it.'],
	'key refused': ['The credential is refused.', ''],
	refused: ['The request is understood and refused.', "Look at 'vendor_message'."],
	taken: ['What must be refused was accepted.', REPORT_IT],
	'not TW': ["What answers is not TW's API.", CHECK_ADDRESS],
	'not TD': ["What answers is not TD's API.", CHECK_ADDRESS],
	'not now': ['It cannot be answered now.', 'Run this again later.'],
	'no answer': ['No answer came.', 'Check the base URL, the network and the proxy settings.'],
	'not asked': ['Not asked.', ''],
} as const;
export const RESULTS = Object.keys(WORDS) as Array<keyof typeof WORDS>;

/** Members of an output item that says what was found out about one endpoint. */
export const findingMembers = () => ({
	endpoint: z.string(),
	result: z.enum(RESULTS),
	finding: z.string(),
	/** Empty if there is nothing to do. */
	advice: z.string(),
	/** Null if ours is right, or no other is known to be. */
	path_override: z.string().nullable(),
	/** The vendor's own words; they and its code may name somebody. */
	vendor_message: z.string().nullable(),
	/** Where it was asked first. */
	path: z.string(),
	source: z.enum(['documented', 'assumed', 'entered in the credential']),
	/** Null if no answer came. */
	http_status: z.number().nullable(),
	/** Whether our operations get what they need; null if there was nothing to read. */
	understood: z.boolean().nullable(),
	unknown_members: z.array(z.string()),
	missing_members: z.array(z.string()),
	paths_tried: z.array(z.looseObject({ path: z.string(), http_status: z.number().nullable() })),
	/** The answer's outline, without its values. */
	answer_form: z.array(z.string()),
	code: z.union([z.number(), z.string()]).nullable(),
});
export type Finding = z.infer<z.ZodObject<ReturnType<typeof findingMembers>>>;

/** What is expected of an answer: all that tells the vendors and their endpoints apart. */
export interface Expected {
	vendor: 'TW' | 'TD';
	/** What an operation uses of `data`; undefined if it does not find that. */
	read: (data: unknown) => unknown;
	/** The known members of what is read. */
	members?: (() => z.ZodType) | undefined;
	/** The request must be refused, with one of these codes; the whole answer is then what is read. */
	refusals?: Readonly<Record<number, unknown>>;
}

/** A judgement, before it is put into words. */
export interface Verdict extends Partial<Finding> {
	result: Finding['result'];
	/** What the words of the result do not say. */
	remark?: string;
}

/** @param asked which endpoint; @param answer undefined if it was not asked */
export function findingOf(
	asked: Pick<Finding, 'endpoint' | 'path' | 'source'>,
	{ remark, ...verdict }: Verdict,
	{ status, body, fault }: RawAnswer = { status: null },
): Finding {
	const [words, advice] = WORDS[verdict.result];
	const code = fault?.facts.code ?? (isRecord(body) ? body['code'] : null);
	return {
		...{ ...asked, result: verdict.result, http_status: status },
		...{ understood: null, path_override: null },
		...{ unknown_members: [], missing_members: [], paths_tried: [], ...verdict },
		code: typeof code === 'number' || typeof code === 'string' ? code : null,
		vendor_message: fault?.facts.vendorMessage ?? null,
		finding: remark ? `${words} ${remark}` : words,
		// The fault's own says whether to look at the clock or at the keys
		advice: (verdict.result === 'key refused' && fault?.advice) || advice,
		answer_form: body === undefined ? [] : outlineOf(body),
	};
}

/** Members of an envelope that say how it went, and hold nothing. */
const ENVELOPE = /^(code|status|err|success|msg|message|time)/i;

/** The result that a fault of this kind stands for. */
const BY_KIND: Partial<Record<string, Finding['result']>> = {
	'not-found': 'not found',
	authentication: 'key refused',
	'rate-limited': 'not now',
	unavailable: 'not now',
};

/** Why no answer came, by the kind of the fault. */
const NO_ANSWER: Partial<Record<string, string>> = {
	unreachable: 'no connection could be made',
	'timed-out': 'there was none in time',
	'connection-broken': 'the connection broke',
};

export function judge(expected: Expected, { status, body, data, fault }: RawAnswer): Verdict {
	const { vendor, refusals, read } = expected;
	if (!fault) return refusals ? { result: 'taken' } : judgeData(expected, data);
	const { code } = fault.facts;
	if (refusals && code !== undefined && code in refusals) return judgeData(expected, body);
	if (status === null) {
		// Of the message only a system's code, such as ECONNREFUSED: the rest may name the host
		const [systemCode] = /\([A-Z][A-Z_]{3,}\)/.exec(fault.message) ?? [];
		const why = NO_ANSWER[fault.kind] ?? 'it could not be received';
		const remark = `The reason: ${why}${systemCode ? ` ${systemCode}` : ''}.`;
		return { result: 'no answer', remark };
	}
	const isSuccess = status >= 200 && status < 300;
	if (isSuccess && isRecord(body) && !refusals) {
		const [holder, held] =
			Object.entries(body).find(
				([name, value]) => !ENVELOPE.test(name) && !isEmpty(value) && read(value) !== undefined,
			) ?? [];
		if (holder || code === undefined) {
			const isMoved = holder !== undefined && holder !== 'data';
			const where = isMoved ? `: '${memberName(holder)}' holds what we expect in 'data'` : '';
			const remark = `The envelope or its code is not as documented${where}.`;
			return { result: 'not readable', understood: false, remark, ...membersOf(expected, held) };
		}
	}
	const meaning = isSuccess ? code : status;
	if (meaning === 405) return { result: 'not found' };
	// TD documents no right apart from the key
	if (meaning === 403 && vendor === 'TW') return { result: 'no right' };
	const isForeign = refusals ? code === undefined : !isRecord(body);
	const isRefusal = !isForeign && fault.kind !== 'bad-answer';
	return { result: BY_KIND[fault.kind] ?? (isRefusal ? 'refused' : `not ${vendor}`) };
}

function judgeData(expected: Expected, data: unknown): Verdict {
	const part = expected.read(data);
	if (part === undefined && isEmpty(data)) {
		return { result: 'not found', remark: 'It answers with success and without data.' };
	}
	const members = membersOf(expected, part ?? data);
	if (part === undefined) return { result: 'not readable', understood: false, ...members };
	const isKnown = members.unknown_members.length + members.missing_members.length === 0;
	return { result: isKnown ? 'as expected' : 'other members', understood: true, ...members };
}

function membersOf({ members }: Expected, value: unknown) {
	const shape = members ? shapeOf(members()) : { type: 'object' };
	const { unknown, missing } = differences(value, shape);
	return { unknown_members: [...unknown], missing_members: [...missing] };
}
