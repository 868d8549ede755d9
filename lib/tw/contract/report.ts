/**
 * The report of a first contact, in Markdown, to be sent to the maintainers: no key, name, address, order
 * or tracking number is in it, and no host.
 */
import { withoutNames } from '../../base/anonymous';
import { clockWords, WORTH_MENTIONING_MS } from '../../base/clock';
import { twEndpoints } from '../wire/endpoints';
import type { TwAccount } from '../wire/account';
import type { Contract, Finding } from './course';
import { offsetOf, offsetText, type Told } from './units';

const cell = (value: string | number | null) =>
	(value === null || value === '' ? '–' : String(value)).replaceAll('|', '\\|');

/** @param nowMs the clock, milliseconds since 1970 UTC */
export function twReport(
	contract: Contract,
	told: Told,
	account: TwAccount,
	nowMs: number,
): string {
	const { findings } = contract;
	return [
		'# First contact with TW',
		'',
		`Made by _Check Contract_ of n8n-nodes-tw-td on ${new Date(nowMs).toISOString().slice(0, 10)}. Keys, names, addresses, order and tracking numbers and the host are left out; of what TW says, all words but the usual ones.`,
		'',
		'## In short',
		'',
		...inShort(contract, told, account, nowMs).map((line) => `- ${line}`),
		'',
		'| Endpoint | Path | Known from | HTTP | Code | Result |',
		'| --- | --- | --- | --- | --- | --- |',
		...findings.map(row),
		'',
		...findings.filter(({ result }) => result !== 'not asked').flatMap(details),
	].join('\n');
}

function row({ name, path, source, httpStatus, code, result }: Finding): string {
	const said = typeof code === 'string' ? withoutNames(code) : code;
	const cells = [twEndpoints[name].title, `\`${path}\``, source, httpStatus, said, result];
	return `| ${cells.map(cell).join(' | ')} |`;
}

function details(found: Finding): string[] {
	const { name, finding, advice, words, unknown, missing, tried, form } = found;
	const line = (label: string, list: readonly string[]) =>
		list.length > 0 ? [`- ${label}: ${list.map((one) => `\`${one}\``).join(', ')}`] : [];
	return [
		`## ${twEndpoints[name].title}`,
		'',
		advice ? `${finding} ${advice}` : finding,
		'',
		...(words ? [`- TW says: ${withoutNames(words)}`] : []),
		...line('Members we do not know', unknown),
		...line('Members that are missing', missing),
		...line(
			'Also tried',
			tried.map(
				({ path, httpStatus }) =>
					`${path} (${httpStatus === null ? 'no answer' : `HTTP ${httpStatus}`})`,
			),
		),
		...(form.length > 0 ? ['- The answer:', '', '```', ...form, '```'] : []),
		'',
	];
}

/** What matters most, in sentences. */
export function inShort(
	{ findings, clockAheadMs }: Contract,
	told: Told,
	{ timeZone }: Pick<TwAccount, 'timeZone'>,
	nowMs: number,
): string[] {
	const asked = findings.filter(({ result }) => result !== 'not asked');
	const good = asked.filter(({ result }) => result === 'as expected');
	const titles = (results: ReadonlyArray<Finding['result']>) =>
		asked
			.filter(({ result }) => results.includes(result))
			.map(({ name }) => twEndpoints[name].title);
	const named = (names: readonly string[], words: string) =>
		names.length > 0 ? [`${words}: ${names.join(', ')}.`] : [];
	return [
		`${good.length} of the ${asked.length} endpoints that were asked answer as expected.`,
		...clockLine(clockAheadMs),
		...asked.flatMap(({ name, pathOverride }) =>
			pathOverride === null
				? []
				: [`Enter under _Path Overrides_: ${twEndpoints[name].title} \`${pathOverride}\`.`],
		),
		...named(titles(['key refused']), 'TW refuses the signature'),
		...named(titles(['not readable']), 'Can not be read'),
		...named(titles(['other members']), 'Has other members than known'),
		...named(titles(['not found']), 'Not found'),
		...named(titles(['no right']), 'Not allowed for this account'),
		...named(titles(['refused']), 'Refused'),
		...named(titles(['not TW']), "Not TW's API"),
		...named(titles(['not now', 'no answer']), 'No answer'),
		...unitLines(told),
		zoneLine(told, timeZone, nowMs),
	];
}

function clockLine(aheadMs: number | undefined): string[] {
	if (aheadMs === undefined)
		return ['TW tells no time, so the clock of this n8n could not be compared.'];
	return Math.abs(aheadMs) < WORTH_MENTIONING_MS
		? ["The clock of this n8n and TW's agree."]
		: [
				`The clock of this n8n is ${clockWords(aheadMs)} TW's. Set it first: TW's signature holds the time.`,
			];
}

function unitLines({ chargeWeightUnit, boxWeightUnit }: Told): string[] {
	return [
		chargeWeightUnit === null
			? 'The unit of the charged weight could not be told.'
			: `The charged weight is in ${chargeWeightUnit}.`,
		boxWeightUnit === null
			? "The unit of a box's weight could not be told."
			: `The weight of a box is read in ${boxWeightUnit}.`,
	];
}

function zoneLine({ leastOffsetMinutes: least }: Told, timeZone: string, nowMs: number): string {
	if (least === null) return "The zone of TW's time stamps could not be told.";
	const mine = timeZone === '' ? null : offsetOf(timeZone, nowMs);
	const fits = mine !== null && mine >= least;
	const zone = `TW writes its time stamps in a zone of ${offsetText(least)} or further east`;
	if (timeZone === '') return `${zone}. Enter one as _Account Time Zone_ in the credential.`;
	return `${zone}; the _Account Time Zone_ of the credential ${fits ? 'fits' : 'does not fit'}.`;
}
