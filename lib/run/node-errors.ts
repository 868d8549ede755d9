/** Faults as n8n shows them: built fresh from clean facts, nothing attached. */
import {
	type IDataObject,
	type INode,
	type JsonObject,
	NodeApiError,
	NodeOperationError,
} from 'n8n-workflow';
import { asFault, type Fault, ValidationFault } from '../base/errors';
import type { OutcomeWord } from '../base/outcome';
import type { Redact } from '../base/redact';
import { logDefect, type LogHost } from './defects';

/** The log has the whole list. */
const MAX_NAMES = 20;

/** Nobody reads more; the others show up once these are mended. */
const MAX_ALSO_FAILED = 5;

/** What became of the other items, where one ends the run. */
interface OtherItems {
	/** The writes and events that took effect before: order numbers, or item indexes. */
	succeeded?: readonly string[];
	/** Messages. */
	alsoFailed?: readonly string[];
}

/**
 * The error to throw: message says what happened, description what to do.
 *
 * Always a new object, since n8n's NodeApiError returns an error of its own kind unchanged.
 *
 * @param others what became of the other items of the run
 */
export function toNodeError(
	node: INode,
	fault: Fault,
	itemIndex: number,
	{ succeeded = [], alsoFailed = [] }: OtherItems = {},
): NodeApiError | NodeOperationError {
	const message = `${fault.message} [Item ${itemIndex}]`;
	const description = [
		fault.advice,
		factsText(fault),
		alsoFailedText(alsoFailed),
		succeededText(succeeded),
	]
		.filter(Boolean)
		.join(' ');
	const { httpStatus } = fault.facts;
	const error =
		fault instanceof ValidationFault
			? new NodeOperationError(node, message, { description, itemIndex })
			: new NodeApiError(node, vendorSaid(fault), {
					...{ message, description, itemIndex },
					...(httpStatus === undefined ? {} : { httpCode: String(httpStatus) }),
				});
	// n8n replaces a message that names a system code, such as ECONNRESET, by a general text
	error.message = message;
	return error;
}

/**
 * The error for the editor's lists and polls, which have no item; a defect of ours is logged.
 *
 * @param redact masks the account's secrets in the log; undefined as long as no client is there
 */
export function toEditorError(host: LogHost, error: unknown, redact?: Redact): NodeOperationError {
	const fault = asFault(error);
	logDefect(host, fault, redact);
	return new NodeOperationError(host.getNode(), fault.message, { description: fault.advice });
}

/**
 * The output item of Continue on Fail.
 *
 * With any other member than `error` and `message`, older hosts leave the item out of the error output.
 * So these two say everything, and `details` repeats it for programs.
 *
 * @param outcome of a write or an event; reads have none
 */
export function errorItem(
	node: INode,
	fault: Fault,
	itemIndex: number,
	outcome?: OutcomeWord,
): IDataObject {
	const json: IDataObject = {
		error: `${fault.message} [Item ${itemIndex}]`,
		message: [fault.advice, factsText(fault)].filter(Boolean).join(' '),
	};
	if (node.onError === 'continueErrorOutput') return json;
	if (outcome) json['outcome'] = outcome;
	return { ...json, details: { kind: fault.kind, item: itemIndex, ...vendorSaid(fault) } };
}

function vendorSaid({ facts }: Fault): JsonObject {
	const { code, vendorMessage: message, sequenceId: sequence_id, httpStatus } = facts;
	return Object.fromEntries(known({ code, message, sequence_id, httpStatus }));
}

function factsText({ facts: { code, httpStatus, sequenceId } }: Fault): string {
	const facts = known({ code, HTTP: httpStatus, sequence_id: sequenceId });
	const words = facts.map(([name, value]) => `${name} ${value}`);
	return words.length > 0 ? `(${words.join(', ')})` : '';
}

const known = (facts: Record<string, string | number | undefined>) =>
	Object.entries(facts).flatMap(([name, value]): Array<[string, string | number]> =>
		value === undefined ? [] : [[name, value]],
	);

function alsoFailedText(messages: readonly string[]): string {
	if (messages.length === 0) return '';
	const more = messages.length - MAX_ALSO_FAILED;
	const shown = messages.slice(0, MAX_ALSO_FAILED).join('; ');
	return `Also failed: ${shown}${more > 0 ? `; and ${more} more` : ''}.`;
}

function succeededText(names: readonly string[]): string {
	if (names.length === 0) return '';
	const shown = names.slice(0, MAX_NAMES).join(', ');
	const more = names.length > MAX_NAMES ? ` and ${names.length - MAX_NAMES} more` : '';
	return `Before that, ${names.length} went through: ${shown}${more}. n8n keeps no output of a failed node; with On Error set to Continue it does.`;
}
