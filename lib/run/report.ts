/** What became of each item, and how n8n is told: items in their order, or the error that ends the run. */
import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { Fault } from '../base/errors';
import type { AnyOperation, Outcome, Result } from '../operation/operation';
import { outcomeOfFault, tookEffect } from '../operation/outcome';
import { errorItem, type Succeeded, toNodeError } from './errors';
import type { Plan } from './plan';
import { summaries, type Summary } from './summary';

/** Characters; what is longer is for nobody to read. */
const MAX_MESSAGE = 2_000;

export class Report {
	private readonly outcomes: Array<Outcome | undefined> = [];

	/**
	 * @param plan its faults and what is settled are outcomes from the start
	 * @param redact masks the account's secrets in a text
	 */
	constructor(
		private readonly host: IExecuteFunctions,
		private readonly operation: Pick<AnyOperation<never>, 'name' | 'kind'>,
		private readonly plan: Omit<Plan, 'jobs'>,
		private readonly redact: (text: string) => string,
	) {
		for (const [item, fault] of plan.faults) this.outcomes[item] = fault;
		for (const [item, { results }] of plan.settled) this.outcomes[item] = results;
	}

	/** @returns whether the outcome ends the run */
	set(item: number, outcome: Outcome | undefined): boolean {
		this.outcomes[item] = outcome;
		return this.endsRun(outcome);
	}

	/** Throws the first fault by item, unless the user wants to go on. */
	stopOnFault(): void {
		const item = this.outcomes.findIndex((outcome) => this.endsRun(outcome));
		if (item < 0) return;
		this.logWhatWasSent('The run ended early');
		const fault = cleaned(this.outcomes[item] as Fault, this.redact);
		throw toNodeError(this.host.getNode(), fault, item, this.succeeded());
	}

	/** n8n keeps no output of a node that failed or was cancelled, so the log is where it can be found. */
	logWhatWasSent(why: string): void {
		const done = this.succeeded();
		if (!done) return;
		this.host.logger.info(
			`${why}. ${this.host.getNode().name} (${this.operation.name}) had sent: ${done.names.join(', ')}`,
		);
	}

	/** The node's output, each item paired with its own. */
	items(): INodeExecutionData[] {
		const node = this.host.getNode();
		return this.host.getInputData().flatMap((_item, item): INodeExecutionData[] => {
			const outcome = this.outcomes[this.plan.sameAs.get(item) ?? item];
			const pairedItem = { item };
			if (outcome instanceof Fault) {
				const fault = cleaned(outcome, this.redact);
				const word = this.operation.kind === 'read' ? undefined : outcomeOfFault(fault);
				return [{ json: errorItem(node, fault, item, word), pairedItem }];
			}
			if (this.plan.settled.get(item)?.isLeftOut) return [];
			const beside = this.plan.beside.get(item);
			return (outcome ?? []).map(({ json, binary }: Result) => ({
				json: { ...withoutErrorMember(json), ...beside },
				...(binary && { binary }),
				pairedItem,
			}));
		});
	}

	/** What became of the items of a write or an event, for above the output. */
	hints(): Summary[] {
		if (this.operation.kind === 'read') return [];
		const items = this.host.getInputData();
		const { sameAs } = this.plan;
		return summaries(
			items.map((_item, item) => this.outcomes[sameAs.get(item) ?? item]),
			sameAs,
		);
	}

	private endsRun(outcome: Outcome | undefined): boolean {
		return outcome instanceof Fault && !this.host.continueOnFail();
	}

	/** Writes and events that took effect, by the label a user knows them by. */
	private succeeded(): Succeeded | undefined {
		if (this.operation.kind === 'read') return undefined;
		const items = this.outcomes.flatMap((outcome, item) =>
			!this.plan.settled.has(item) && hasTakenEffect(outcome) ? [item] : [],
		);
		if (items.length === 0) return undefined;
		return { items, names: items.map((item) => this.plan.names.get(item) ?? `item ${item}`) };
	}
}

const hasTakenEffect = (outcome: Outcome | undefined) =>
	outcome !== undefined &&
	!(outcome instanceof Fault) &&
	(outcome.length === 0 || outcome.some(({ json }) => tookEffect(json['outcome'])));

/** A fault whose words hold no secret and are of readable length. */
export function cleaned(fault: Fault, redact: (text: string) => string): Fault {
	const clean = (text: string) => readable(redact(text));
	return fault.rephrased(clean(fault.message), clean(fault.advice));
}

/** What was put in, such as an order number, can be of any length, and a message repeats it. */
const readable = (text: string) =>
	text.length > MAX_MESSAGE ? `${text.slice(0, MAX_MESSAGE)} …` : text;

/** n8n takes a top-level `error` for a failed item and runs the node again, so it gets another name. */
function withoutErrorMember(json: IDataObject): IDataObject {
	if (!('error' in json)) return json;
	const { error, ...rest } = json;
	return { ...rest, vendor_error: error };
}
