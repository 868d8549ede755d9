/** What an operation is to an AI model, where n8n makes a tool of its node. */
import type { INodeProperties } from 'n8n-workflow';
import type { Field } from '../fields/field';
import { isProminent, slotsOf } from '../fields/layout';
import type { AnyOperation, OperationKind } from './operation';

/**
 * The versions of a node that has these operations. From the second on its tools start with other values. n8n does
 * not store what a parameter starts with, so tools of version 1 keep theirs.
 */
export const versionsOf = (operations: ReadonlyArray<AnyOperation<never>>): number | number[] =>
	operations.some(isOtherAsTool) ? [1, 2] : 1;

const isOtherAsTool = ({ kind, fields }: AnyOperation<never>): boolean =>
	kind !== 'read' || slotsOf(fields).some((slot) => isProminent(slot) && isAsked(slot.field, kind));

/**
 * Whether a tool asks the model for a field from the start, rather than once its owner has switched that on. So it
 * is for what a flow takes from a member of its item, since a tool has no such item, and for a number or id of what
 * is to be read.
 */
export function isAsked(field: Field, kind: OperationKind): boolean {
	if (field.grade !== 'required') return false;
	const initial = 'initial' in field ? field.initial : undefined;
	const isOfItem = typeof initial === 'string' && initial.startsWith('={{ $json.');
	return isOfItem || (kind === 'read' && 'names' in field && field.names === true);
}

/** A parameter that starts with the model's value in tools; see {@link startingOtherwiseInTools}. */
export const askedInTools = (property: INodeProperties): INodeProperties[] =>
	startingOtherwiseInTools(property, fromModel(property));

/**
 * As the editor writes it when a person lets the model define a parameter; it knows it by the comment. n8n's tools
 * find the name, the description and the type in the text, so none of them may be an expression.
 */
const fromModel = ({ displayName, description = '', type }: INodeProperties): string =>
	`={{ /*n8n-auto-generated-fromAI-override*/ $fromAI('${displayName.replaceAll(/[^a-zA-Z0-9-]/g, '_')}', \`${description}\`, '${type === 'number' ? type : 'string'}') }}`;

/** A parameter that starts with another value in tools, from version 2 on. */
export function startingOtherwiseInTools(
	property: INodeProperties,
	initial: INodeProperties['default'],
): INodeProperties[] {
	const show = property.displayOptions?.show;
	const of = (isTool: boolean, version: object, one = property): INodeProperties => ({
		...one,
		displayOptions: { show: { ...show, '@tool': [isTool], ...version } },
	});
	return [
		of(false, {}),
		of(true, { '@version': [1] }),
		of(true, { '@version': [{ _cnd: { gte: 2 } }] }, { ...property, default: initial }),
	];
}

/** What an AI model reads of an operation that it may call, in place of n8n's own, the same for all of them. */
export function toolDescription({
	value,
	kind,
	description,
	consequence = CONSEQUENCES[kind],
}: AnyOperation<never>): INodeProperties {
	return {
		displayName: 'Description',
		name: 'toolDescription',
		type: 'string',
		typeOptions: { rows: 3 },
		default: [description, ...(consequence ? [consequence] : [])].join('. '),
		description: 'What the AI model is told of this tool',
		displayOptions: { show: { '@tool': [true], operation: [value] } },
	};
}

const CONSEQUENCES: Readonly<Record<OperationKind, string | undefined>> = {
	read: undefined,
	write: 'This changes data at TW',
	event: 'This reports to TrustDecision, and cannot be taken back',
};
