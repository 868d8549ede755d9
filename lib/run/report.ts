/** Gives n8n the outcomes: output items in their order, or the error that ends the run. */
import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { Fault } from '../base/errors';
import type { AnyOperation, Outcome, Result } from '../operation/operation';
import { asRow } from '../operation/rows';
import { outcomeOfFault, tookEffect } from '../base/outcome';
import { cutTo, type Redact } from '../base/redact';
import { logDefect } from './defects';
import { errorItem, toNodeError } from './node-errors';
import type { Plan } from './plan';
import { alikeNames, type HintType, summaries, type Summary } from './summary';

/** Nobody reads more; characters. */
const MAX_MESSAGE = 2_000;

export type Hint = (message: string, type?: HintType) => void;

/** Shows hints, the same words once; older hosts show none. */
export function hintsOf(host: IExecuteFunctions): Hint {
	const shown = new Set<string>();
	return (message, type = 'warning') => {
		if (shown.has(message) || typeof host.addExecutionHints !== 'function') return;
		shown.add(message);
		host.addExecutionHints({ message, location: 'outputPane', type });
	};
}

export class Report {
	private readonly outcomes: Array<Outcome | undefined> = [];

	/**
	 * @param plan has the outcomes of items that are not sent
	 */
	constructor(
		private readonly host: IExecuteFunctions,
		private readonly operation: Pick<AnyOperation<never>, 'name' | 'kind' | 'output'>,
		private readonly plan: Omit<Plan, 'batches'>,
		private readonly redact: Redact,
	) {
		for (const [item, fault] of plan.faults) this.set(item, fault);
		for (const [item, { results }] of plan.withoutRequest) this.outcomes[item] = results;
	}

	/** @returns whether it ends the run at once */
	set(item: number, outcome: Outcome | undefined): boolean {
		this.outcomes[item] = outcome;
		if (outcome instanceof Fault) logDefect(this.host, outcome, this.redact);
		return this.failsRun(outcome) && outcome.holdsUpOthers;
	}

	/** Throws before anything is sent, if a fault holds up the other items; unless the node continues on fail. */
	stopEarly(): void {
		const isHeldUp = this.outcomes.some((one) => this.failsRun(one) && one.holdsUpOthers);
		if (isHeldUp) this.stopOnFault();
	}

	/** Throws the first fault by item, unless the node continues on fail. */
	stopOnFault(): void {
		const failed = this.outcomes.flatMap((one, item) => (this.failsRun(one) ? [item] : []));
		const [item, ...others] = failed;
		if (item === undefined) return;
		this.logWhatWasSent('The run ended early');
		const fault = this.faultOf(item);
		const alsoFailed = others.map((other) => `${this.faultOf(other).message} [Item ${other}]`);
		throw toNodeError(this.host.getNode(), fault, item, {
			succeeded: this.succeeded(),
			alsoFailed,
		});
	}

	private faultOf(item: number): Fault {
		return cleaned(this.outcomes[item] as Fault, this.redact);
	}

	/** n8n keeps no output of a node that failed or was cancelled, so it can only be found in the log. */
	logWhatWasSent(why: string): void {
		const done = this.succeeded().join(', ');
		if (done === '') return;
		const node = `${this.host.getNode().name} (${this.operation.name})`;
		this.host.logger.info(`${why}. ${node} had sent: ${done}`);
	}

	/** The node's output, each item paired with its own. */
	items(): INodeExecutionData[] {
		const node = this.host.getNode();
		return this.host.getInputData().flatMap((_item, item): INodeExecutionData[] => {
			const outcome = this.outcomeOf(item);
			const pairedItem = { item };
			if (outcome instanceof Fault) {
				const fault = cleaned(outcome, this.redact);
				const word = this.operation.kind === 'read' ? undefined : outcomeOfFault(fault);
				return [{ json: errorItem(node, fault, item, word), pairedItem }];
			}
			const alsoOutput = this.plan.alsoOutput.get(item);
			const shown = (outcome ?? []).filter(({ isLeftOut }) => !isLeftOut);
			// What was only passed on stays as it came
			const { output } = this.operation;
			const asShown = (json: IDataObject) =>
				this.plan.withoutRequest.has(item) ? json : asRow(output, { ...json, ...alsoOutput });
			return shown.map(({ json, binary }: Result) => ({
				json: asShown(withoutErrorMember(json)),
				...(binary && { binary }),
				pairedItem,
			}));
		});
	}

	/** The summary of a write or an event, to be shown above the output. */
	hints(): Summary[] {
		if (this.operation.kind === 'read') return [];
		const outcomes = this.host.getInputData().map((_item, item) => this.outcomeOf(item));
		const { duplicateOf, alikeTo, names } = this.plan;
		return [...summaries(outcomes, duplicateOf), ...alikeNames(alikeTo, names)];
	}

	private outcomeOf(item: number): Outcome | undefined {
		return this.outcomes[this.plan.duplicateOf.get(item) ?? item];
	}

	private failsRun(outcome: Outcome | undefined): outcome is Fault {
		return outcome instanceof Fault && !this.host.continueOnFail();
	}

	/** Writes and events that took effect, by the names that the user knows. */
	private succeeded(): string[] {
		if (this.operation.kind === 'read') return [];
		const { withoutRequest, names } = this.plan;
		return this.outcomes.flatMap((outcome, item) =>
			!withoutRequest.has(item) && hasTakenEffect(outcome)
				? [names.get(item) ?? `item ${item}`]
				: [],
		);
	}
}

const hasTakenEffect = (outcome: Outcome | undefined) =>
	outcome !== undefined &&
	!(outcome instanceof Fault) &&
	outcome.some(({ json }) => tookEffect(json['outcome']));

/** The fault without secrets in its words, and of readable length. */
export function cleaned(fault: Fault, redact: Redact): Fault {
	// A message repeats values of any length, such as an order number
	const clean = (text: string) => cutTo(redact(text), MAX_MESSAGE, ' …');
	return fault.rephrased(clean(fault.message), clean(fault.advice));
}

/** n8n takes a top-level `error` for a failed item and runs the node again, so it is renamed. */
function withoutErrorMember(json: IDataObject): IDataObject {
	if (!('error' in json)) return json;
	const { error, ...rest } = json;
	return { ...rest, vendor_error: error };
}
