/** Plays an item under a fault, and then what its owner does about it, until it has ended or is stuck. */
import type { IDataObject, INodeParameters, INodeType } from 'n8n-workflow';
import { SEND_STATES, TABLE } from '../../lib/register/schema';
import { ownFile } from '../lib/register/places';
import { onTables } from '../lib/register/tables';
import type { Props } from '../operations/list';
import { type Bench, nodes } from '../support';
import { movedTo, type Output, prepare, run, saidBy, TIMEOUT, type Trial, USUAL } from './cell';
import type { Places } from './columns';
import type { Said } from './oracle';
import { FOREIGN } from './unproven';
import { isMarked, MARKS } from './way-columns';
import {
	type Course,
	type Ending,
	endingOf,
	isDone,
	type Named,
	type Step,
	type Wants,
	wordsToGoOnBy,
} from './way-judge';
import { type Row, standingOf } from './way-rows';

/** What the owner does first, once the fault's cause is mended. */
export const NEXT_STEPS = {
	run: 'the item is run again in a new execution',
	retry: "n8n's Retry of the failed execution",
	retryOnFail: 'Retry On Fail',
	corrected: 'corrected contents in a new execution',
} as const;
export type NextStep = keyof typeof NEXT_STEPS;

export interface WayTrial extends Trial {
	scenario: Row;
	next: NextStep;
}

export interface Walked extends Ending {
	/** What the last run said, of those that were not done. */
	said: Said;
}

/** The next steps that there are after a fault. */
export function nextSteps({ scenario, column, target }: Trial): NextStep[] {
	const isCorrected =
		column.refuses !== undefined && target.role === 'effect' && isMarked(scenario.parameters);
	if (column.refuses === 'only') return isCorrected ? ['corrected'] : [];
	// n8n has no failed execution to offer if it was killed
	if (column.killed) return ['run'];
	return ['run', 'retry', 'retryOnFail', ...(isCorrected ? (['corrected'] as const) : [])];
}

/** @returns undefined if the next step does not exist, because the first run has not failed */
export async function walk(
	bench: Bench,
	places: Places,
	{ scenario: row, column, target, mode, next }: WayTrial,
	name: string,
): Promise<Walked | undefined> {
	const { sandbox } = bench;
	const { props } = await prepare(bench, row, name);
	const scene = { sandbox, scenario: row, target, mode, places, name };
	const baseUrl = (await column.arm(scene)) ?? undefined;
	const credentials = { ...movedTo(baseUrl, bench) };
	const mend = () => {
		Object.assign(credentials, bench.credentials);
		if (column.lasts !== 'all') sandbox.clearFaults();
		if (column.lasts === undefined) sandbox.set(USUAL);
	};
	const wants = { effects: row.effect, outcomes: row.outcomes, number: name };
	const play = async (changes: Changes): Promise<Output> => {
		const parameters = { ...row.parameters, ...changes.parameters };
		const options = { ...row.options, ...changes.options };
		const item = { ...props, ...changes.props };
		const timeout = changes.timeout ?? TIMEOUT.other;
		return await run(bench, { ...row, parameters, options }, item, {
			...{ timeout, credentials, onError: 'stopWorkflow' as const },
			...changes.more,
		});
	};
	const stepOf = async (output: Output): Promise<Step> => await look(bench, row, props, output);

	const between: { said?: Said } = {};
	const first = await play({
		timeout: column.hangs ? TIMEOUT.hanging : TIMEOUT.other,
		...(next === 'retryOnFail' && {
			more: {
				...{ retryOnFail: true, maxTries: 2, waitBetweenTries: 1 },
				node: hearing(nodes[row.node as keyof typeof nodes], (error) => {
					between.said ??= saidBy(error);
					mend();
				}),
			},
		}),
	});
	mend();
	if (column.killed) await leaveClaim(name);

	const course: Course = {
		wants,
		first: column.killed ? undefined : await stepOf(first),
		...(column.lasts === 'settings' && sandbox.settings.orderInfoDelayMs > 0 && { isHidden: true }),
	};
	if (next === 'retryOnFail') {
		if (!between.said) return undefined;
		course.next = course.first!;
		course.first = { ...course.next, said: between.said };
	} else if (next === 'retry') {
		if (first.said.message === undefined) return undefined;
		course.next = await stepOf(await play({ more: { previous: first.made! } }));
	} else if (next === 'corrected') {
		if (isOver(course)) return undefined;
		course.next = await stepOf(await play({ props: { mark: MARKS.corrected } }));
	} else if (!isOver(course) || row.isRemembered) {
		course.next = await stepOf(await play({}));
	}
	const words = isOver(course) ? undefined : wordsToGoOnBy(course);
	if (words) course.clicks = await click(words, { bench, row, wants, play, stepOf, course });
	const last = [course.clicks?.last, course.next, course.first].find(
		(step) => step?.said.message !== undefined,
	);
	return { ...endingOf(course), said: last?.said ?? {} };
}

interface Changes {
	parameters?: INodeParameters;
	options?: INodeParameters;
	props?: Partial<Props>;
	/** Seconds. */
	timeout?: number;
	more?: Parameters<Bench['run']>[3];
}

const isOver = ({ first, next, wants }: Course): boolean =>
	[first, next].some((step) => step !== undefined && isDone(step, wants));

/** Does what an error names: looks, and then runs it again as the words say. */
async function click(
	{ look: isLooked, runAgain, sendAgain, atLeastOnce }: Named,
	{ bench, row, wants, play, stepOf, course }: Ground,
): Promise<NonNullable<Course['clicks']>> {
	const { stands } = (course.next ?? course.first)!;
	if (row.look && isLooked) {
		const { node, look } = row;
		const member = row.member === 'bag_no' ? 'bag_no' : 'no';
		const parameters = { operation: look.operation, [member]: wants.number };
		const seen = look.means(await got(bench, node as keyof typeof nodes, parameters));
		if (!seen) return {};
		if (seen === 'done' && (wants.effects === 'once' || !runAgain)) return { seen };
		if (seen === 'done' || !sendAgain) {
			return runAgain ? { seen, last: await stepOf(await play({})) } : { seen };
		}
	}
	if (sendAgain) {
		return { last: await stepOf(await play({ options: { ifSentBefore: 'send-again' } })) };
	}
	if (atLeastOnce) {
		// Whether TD has the event, TD can be asked
		if (stands > 0) return { seen: 'done' };
		const options = { delivery: 'event-at-least-once' };
		return { seen: 'not done', last: await stepOf(await play({ options })) };
	}
	return runAgain ? { last: await stepOf(await play({})) } : {};
}

/** What Get puts out: null if the vendor does not have it, undefined if it can't be told. */
async function got(
	bench: Bench,
	node: keyof typeof nodes,
	parameters: INodeParameters,
): Promise<IDataObject | null | undefined> {
	const { items } = await bench.run(node, parameters, [{}], { onError: 'continueRegularOutput' });
	const json = items[0]?.json;
	if (!json || !('error' in json)) return json;
	return (json['details'] as IDataObject | undefined)?.['kind'] === 'not-found' ? null : undefined;
}

interface Ground {
	bench: Bench;
	row: Row;
	wants: Wants;
	play: (changes: Changes) => Promise<Output>;
	stepOf: (output: Output) => Promise<Step>;
	course: Course;
}

async function look(
	{ sandbox }: Bench,
	row: Row,
	props: Props,
	{ said, items }: Output,
): Promise<Step> {
	const json = items[0]?.json;
	return {
		said,
		outcome: json?.['outcome'],
		number: json?.[row.member],
		isForeign: JSON.stringify(items).includes(FOREIGN),
		...(await standingOf(sandbox, row, props)),
	};
}

/** The node, with word of each try that fails. */
function hearing(node: INodeType, hear: (error: Error) => void): INodeType {
	const hearingOne = Object.create(node) as INodeType;
	hearingOne.execute = async function (response) {
		try {
			return await node.execute!.call(this, response);
		} catch (error) {
			hear(error as Error);
			throw error;
		}
	};
	return hearingOne;
}

/** No system counts its processes that far. */
const NOBODY = 2 ** 30;

/** The register as it is when n8n was killed while it sent: the claim stands, and its process is gone. */
async function leaveClaim(name: string): Promise<void> {
	const register = ownFile();
	if (!register) return;
	const sending = SEND_STATES.indexOf('sending');
	await onTables(
		register,
		`update ${TABLE} set state = ${sending}, token = replace(token, $2, $3), answer = null where name = $1 or name like '% ' || $1`,
		[name, `.${process.pid}.`, `.${NOBODY}.`],
	);
}
