/** The faults of the table of ways out: those of the matrix, and what only a later run brings to light. */
import type { FaultRule, Settings } from '../../sandbox';
import { CHECK, FORECAST, INFO } from '../observed';
import {
	bothWays,
	certain,
	type Column,
	columns,
	done,
	lags,
	LOST,
	type More,
	ofTw,
	open,
	type Scene,
	type Target,
} from './columns';
import type { Scenario } from './scenarios';
import { FOREIGN } from './unproven';

/** Of the contents at first, and of the corrected ones: it stands in what is sent. */
export const MARKS = { first: 'contents-at-first', corrected: 'contents-corrected' } as const;

const effect: More = { appliesTo: (_scenario, { role }) => role === 'effect' };
const makesOrder = ({ effectPath }: Scenario) => effectPath === FORECAST;
const ofOrder: More = {
	appliesTo: (scenario, { role }) => makesOrder(scenario) && role === 'effect',
};
/** Where the vendor's look-up can prove something. */
const lookedUp: More = {
	appliesTo: ({ provable }, { role }) => provable.length > 0 && role === 'effect',
};

const json = (body: object, status = 200): FaultRule => ({
	kind: 'rawBody',
	status,
	body: JSON.stringify(body),
});

/** TW takes the order, and fails it afterwards. */
const failing = ([-1, -2, -4, -6, -9] as const).map((state) =>
	certain(`f${state}`, `TW takes the order, and then fails it (${state})`, [], {
		...ofOrder,
		settings: { forecastEnds: state },
		refuses: true,
	}),
);

/** TW tells of a failed step of an order that goes on, and that it shows. */
const stumbling = ([-2, -9] as const).map((status) =>
	done(
		`o${status}`,
		`orderCheck says ${status}, and orderInfo shows the order`,
		({ name: no }) => json({ code: 200, message: 'OK', data: { no, errors: [], status } }),
		{ appliesTo: (scenario, { path }) => makesOrder(scenario) && path.includes(CHECK) },
	),
);

const refusedTicket = ({ name: no }: Scene) => [{ no, errors: ['boxes: too heavy'], status: -2 }];

/** The vendor refuses these contents, whenever they come. */
function wrong({ scenario, name }: Scene): FaultRule {
	const text = `note must not be ${MARKS.first}`;
	const isTd = scenario.node === 'tdOrderEvent';
	const refused = { code: 400, message: text, data: [{ no: name, errors: [text] }] };
	const rule = isTd
		? json({ code: 9002, message: 'account_id check error', sequence_id: 'S' })
		: json(refused, 400);
	return { ...rule, bodyIncludes: MARKS.first };
}

/** An answer that does not say that it was done. */
const NO_CODE = '{"success":false,"message":"not allowed","data":[]}';
const NULL_CODE = '{"code":null,"success":false,"message":"not allowed","data":[]}';

/** An id by which the vendor finds the request in its log. */
const traced = { code: 500, message: 'Server Error', data: { request_id: 'trace-1' } };
const asIfTaken = ({ name: no }: Scene) =>
	json({ code: 400, message: 'no', data: [{ request_id: 'R-1', no, errors: [] }] }, 400);

/** The look-up shows what was not asked for; a deletion is looked for among the removed. */
function showing(otherThan: (name: string) => string) {
	return ({ name, scenario }: Scene): FaultRule => {
		const no = otherThan(name);
		const removed_at = makesOrder(scenario) ? null : '2025-01-02 03:04:05';
		const orders = [{ no: FOREIGN }];
		const shown = { no, bag_no: no, tracking_number: FOREIGN, removed_at, orders };
		return { ...json({ code: 200, message: 'OK', data: shown }), path: `${INFO}|bagInfo` };
	};
}

function foreign(code: string, title: string, otherThan: (name: string) => string): Column[] {
	const words = `the answer is lost, and the look-up shows ${title}`;
	const shown = showing(otherThan);
	return [
		open(code, words, (scene) => [{ kind: 'resetBeforeAccept' }, shown(scene)], lookedUp),
		done(`${code}+`, words, (scene) => [LOST, shown(scene)], lookedUp),
	];
}

/** The answer is lost, and the vendor's ways stay as they are. */
const lost = (code: string, title: string, more: More): Column[] => [
	open(code, title, { kind: 'resetBeforeAccept' }, { ...more, lasts: 'settings' }),
	done(`${code}+`, title, LOST, { ...more, lasts: 'settings' }),
];

const onOrder = ({ node }: Scenario, { role }: Target) => node === 'twOrder' && role === 'effect';
const NO_TIMES: ReadonlyArray<[string, Settings['noTime']]> = [
	['rm', ''],
	['rm0', 0],
	['rm00', '0000-00-00 00:00:00'],
];

const more: Column[] = [
	...failing,
	...stumbling,
	certain(
		'errs',
		'TW answers with errors for the order',
		(scene) => json({ code: 200, message: 'OK', data: refusedTicket(scene) }),
		{ ...ofOrder, refuses: true },
	),
	certain('wrng', 'the vendor refuses these contents', wrong, {
		appliesTo: ({ parameters }, { role }) => role === 'effect' && isMarked(parameters),
		refuses: 'only',
		lasts: 'all',
	}),
	...bothWays('nocd', 'an answer without a code comes', NO_CODE, effect),
	...bothWays('null', 'an answer with the code null comes', NULL_CODE, effect),
	...bothWays('tr2', 'code 500 comes with a bare request_id at HTTP 200', json(traced), ofTw),
	...bothWays('tr5', 'code 500 comes with a bare request_id at HTTP 500', json(traced, 500), ofTw),
	certain('tr4', 'HTTP 400 comes with a bare request_id', json({ ...traced, code: 400 }, 400), {
		...ofTw,
		refuses: true,
	}),
	certain('tk4', 'HTTP 400 comes with what names the order and a request_id', asIfTaken, {
		...ofOrder,
		refuses: true,
	}),
	...foreign('oth', 'another number', (name) => `${name}0`),
	...foreign('case', 'the number in other letters', (name) => name.toLowerCase()),
	...NO_TIMES.flatMap(([code, noTime]) =>
		lost(code, `the answer is lost, and no removal is written ${JSON.stringify(noTime)}`, {
			settings: { noTime },
			appliesTo: onOrder,
		}),
	),
	...lost('nevr', 'the answer is lost, and TW never shows the order', {
		settings: lags,
		...ofOrder,
	}),
	open(
		'kill',
		'n8n is killed while it sends',
		{ kind: 'resetBeforeAccept' },
		{
			...effect,
			killed: true,
		},
	),
	done('kill+', 'n8n is killed while it sends', LOST, { ...effect, killed: true }),
];

/** Whether what is sent can be corrected. */
export const isMarked = (parameters: Scenario['parameters']): boolean =>
	JSON.stringify(parameters).includes('$json.mark');

/** A connection that was closed while idle is noticed before anything is sent, so there is nothing to get out of. */
export const wayColumns: readonly Column[] = [...columns.filter(({ warmUp }) => !warmUp), ...more];
