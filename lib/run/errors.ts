/** Faults as n8n shows them: built fresh from clean facts, nothing attached. */
import {
	type IDataObject,
	type INode,
	type JsonObject,
	NodeApiError,
	NodeOperationError,
} from 'n8n-workflow';
import { asFault, type Fault, ValidationFault } from '../base/errors';
import type { OutcomeWord } from '../operation/outcome';

/** What took effect before a run ended. */
export interface Succeeded {
	items: number[];
	/** Order numbers, or item indexes where there are none. */
	names: string[];
}

/** A list in a message ends here; the log has all of it. */
const MAX_NAMES = 20;

/**
 * The error to throw: message is what happened, description what to do.
 *
 * Always a new object, since n8n's NodeApiError gives an error of its own kind back unchanged.
 */
export function toNodeError(
	node: INode,
	fault: Fault,
	itemIndex: number,
	succeeded?: Succeeded,
): NodeApiError | NodeOperationError {
	const message = `${fault.message} [Item ${itemIndex}]`;
	const description = [fault.advice, factsText(fault), succeededText(succeeded)]
		.filter(Boolean)
		.join(' ');
	const error =
		fault instanceof ValidationFault
			? new NodeOperationError(node, message, { description, itemIndex })
			: apiError(node, fault, { message, description, itemIndex });
	// n8n puts a general text in the place of any message that names a system code, such as ECONNRESET.
	error.message = message;
	return error;
}

function apiError(
	node: INode,
	fault: Fault,
	words: { message: string; description: string; itemIndex: number },
): NodeApiError {
	const { httpStatus } = fault.facts;
	return new NodeApiError(node, vendorSaid(fault), {
		...words,
		...(httpStatus === undefined ? {} : { httpCode: String(httpStatus) }),
	});
}

/** The error for the editor's lists, which have no item. */
export function toEditorError(node: INode, error: unknown): NodeOperationError {
	const fault = asFault(error);
	return new NodeOperationError(node, fault.message, { description: fault.advice });
}

/**
 * The output item of Continue on Fail.
 *
 * For the error output only `error` and `message` may be there, or older hosts leave the item in the
 * regular output; so everything is told in these two, and `details` repeats it for programs.
 *
 * @param outcome what became of a write or an event; reads have none
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
	const { code, vendorMessage, sequenceId, httpStatus } = facts;
	return {
		...(code === undefined ? {} : { code }),
		...(vendorMessage === undefined ? {} : { message: vendorMessage }),
		...(sequenceId === undefined ? {} : { sequence_id: sequenceId }),
		...(httpStatus === undefined ? {} : { httpStatus }),
	};
}

function factsText({ facts: { code, httpStatus, sequenceId } }: Fault): string {
	const parts = [
		...(code === undefined ? [] : [`code ${code}`]),
		...(httpStatus === undefined ? [] : [`HTTP ${httpStatus}`]),
		...(sequenceId === undefined ? [] : [`sequence_id ${sequenceId}`]),
	];
	return parts.length > 0 ? `(${parts.join(', ')})` : '';
}

function succeededText(succeeded: Succeeded | undefined): string {
	if (!succeeded) return '';
	const { names } = succeeded;
	const shown = names.slice(0, MAX_NAMES).join(', ');
	const more = names.length > MAX_NAMES ? ` and ${names.length - MAX_NAMES} more` : '';
	return `Before that, ${names.length} went through: ${shown}${more}. n8n keeps no output of a failed node; with On Error set to Continue it does.`;
}
