/** Opens TW's envelope `{ code, message, data }`. */
import { BadAnswerFault, type VendorFacts } from '../../base/errors';
import type { JsonAnswer } from '../../http/post-json';
import { faultForStatus } from '../../http/status';
import { errorsText, isEmpty, isRecord } from '../../base/json';
import { redactValue, vendorText } from '../../base/redact';

/** TW's success code [documented]. */
const OK = 200;

/**
 * The `data` of a successful answer.
 *
 * Success is HTTP 2xx and (`code` absent or 200): orderInfo's documented example begins with `data` and may
 * have no `code` at all. ASSUMED: a failure has the same envelope, and a code from 400 to 599 means the same as the
 * HTTP status.
 *
 * @param what the endpoint's title, for messages
 * @param proof.refusesErrors whether `errors` beside the data are a refusal, as of a price
 * @param proof.needsCode whether success needs `code` 200 and no `errors`: that of a write has to be shown, not only not denied
 * @throws a fault of errors.ts
 */
export function openEnvelope(
	answer: JsonAnswer,
	what: string,
	redact: (text: string) => string,
	{
		needsCode = false,
		refusesErrors = false,
	}: { needsCode?: boolean; refusesErrors?: boolean } = {},
): unknown {
	const { status, headers, reading } = answer;
	const body = reading.ok && isRecord(reading.value) ? reading.value : undefined;
	const code = codeOf(body?.['code']);
	const data = isRecord(body?.['data']) ? body['data'] : {};
	const errors = [body?.['errors'], data['errors']].map(errorsText).filter(Boolean).join('; ');
	const facts = (): VendorFacts => {
		const said: VendorFacts = { httpStatus: status };
		if (code !== undefined) said.code = typeof code === 'string' ? vendorText(code, redact) : code;
		// Without a code, other names than the contract's may be those of a proxy
		const named = code === undefined ? ['message'] : ['message', 'msg', 'error'];
		const message = named.map((name) => errorsText(body?.[name])).find(Boolean);
		const words = [message, errors, wordsIn(body?.['data'])].filter(Boolean);
		if (errors) said.errors = vendorText(errors, redact);
		if (words.length > 0) said.vendorMessage = vendorText(words.join(': '), redact);
		if (!isEmpty(body?.['data'])) said.data = redactValue(body?.['data'], redact);
		return said;
	};
	const fail = (meaning: number) =>
		faultForStatus({ vendor: 'TW', status: meaning, headers, what, facts: facts() });
	if (status < 200 || status >= 300) throw fail(status);
	if (!body) throw notTw(what, reading.ok ? 'it is not a JSON object' : reading.problem, facts());
	if (code !== undefined && code !== OK) throw fail(asStatus(code));
	if (code === undefined && (needsCode || !('data' in body))) {
		const said = facts();
		const words = said.vendorMessage ? ` (${said.vendorMessage})` : '';
		const lacks = needsCode
			? "it has no 'code', so it shows no success"
			: "it has neither 'code' nor 'data'";
		throw notTw(what, `${lacks}${words}`, said);
	}
	if (needsCode && errors) throw notTw(what, `it names errors: ${facts().errors}`, facts());
	if (refusesErrors && errorsText(body['errors'])) throw fail(400);
	return 'data' in body ? body['data'] : body;
}

/** What a failure says in its data: texts, or lists or a map of them. */
function wordsIn(data: unknown): string {
	const isFlat = (value: unknown): boolean =>
		typeof value === 'string' || (Array.isArray(value) && value.every(isFlat));
	const isTexts = isFlat(data) || (isRecord(data) && Object.values(data).every(isFlat));
	return isTexts ? errorsText(data) : '';
}

/** A code as the HTTP status of a failure; any other is a refusal. */
const asStatus = (code: number | string) =>
	typeof code === 'number' && code >= 400 && code < 600 ? code : 400;

/** An answer with a success status that can't be TW's. */
function notTw(what: string, problem: string, facts: VendorFacts): BadAnswerFault {
	return new BadAnswerFault(
		`The answer to '${what}' cannot be read as TW's: ${problem}`,
		'Check that the base URL of the TW API credential is the address of the API, without a proxy or login page in between.',
		facts,
	);
}

/** A code, as a number if it is one: PHP backends also send numbers as text. */
function codeOf(raw: unknown): number | string | undefined {
	if (typeof raw === 'number') return raw;
	if (typeof raw !== 'string' || raw === '') return undefined;
	return /^-?\d+$/.test(raw) ? Number(raw) : raw;
}
