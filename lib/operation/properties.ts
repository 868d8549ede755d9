/** Derives what the editor shows from operations. */
import type { INodeProperties, INodePropertyCollection, INodePropertyOptions } from 'n8n-workflow';
import { ADDITIONAL } from './fields/form';
import { alphabetically } from './fields/labels';
import type { EitherField, Field, Fields, NumberField } from './fields/model';
import {
	BY_FIELDS,
	BY_JSON,
	chooserName,
	GROUP_PART,
	isProminent,
	jsonName,
	LIST_PART,
	type Slot,
	slotsOf,
	TEXTS_PART,
} from './fields/slots';
import { type AnyOperation, OPTIONS } from './operation';
import { DRY_RUN, optionFieldsOf } from './options';

type Show = NonNullable<NonNullable<INodeProperties['displayOptions']>['show']>;

/**
 * The parameters of a node: the operation, then each operation's own in the order of its fields.
 *
 * @param operations in the order the editor lists them
 * @param commonOptions settings that every operation has under Options
 * @param defaultOperation what a new node starts with; the first if not given
 */
export function propertiesOf(
	operations: ReadonlyArray<AnyOperation<never>>,
	commonOptions: Fields,
	defaultOperation?: string,
): INodeProperties[] {
	return [
		{
			displayName: 'Operation',
			name: 'operation',
			type: 'options',
			noDataExpression: true,
			options: operations.map(({ name, value, action, description }) => ({
				name,
				value,
				action,
				description,
			})),
			default: defaultOperation ?? operations[0]?.value ?? '',
		},
		...operations.flatMap((operation) => operationProperties(operation, commonOptions)),
	];
}

/**
 * The line under a node's name on the canvas: the chosen option as the panel calls it.
 *
 * @param chooser the parameter that holds the choice
 * @returns an expression that the editor evaluates
 */
export function subtitleOf(
	chooser: string,
	choices: ReadonlyArray<{ value: string; name: string }>,
): string {
	const names = Object.fromEntries(choices.map(({ value, name }) => [value, name]));
	return `={{ (${JSON.stringify(names)})[$parameter["${chooser}"]] }}`;
}

function operationProperties(
	operation: AnyOperation<never>,
	commonOptions: Fields,
): INodeProperties[] {
	const show: Show = { operation: [operation.value] };
	const { json, derived, notice, kind, fields, controls = {} } = operation;
	const by = (way: string): Show => (json ? { ...show, [json.chooser]: [way] } : show);
	const inFields = by(BY_FIELDS);
	return [
		...(notice ? [noticeProperty(`${operation.value}Notice`, notice, show)] : []),
		...(kind === 'read'
			? []
			: [noticeProperty(`${operation.value}DryRun`, DRY_RUN_NOTICE, { ...show, ...inDryRun })]),
		...(json
			? [
					chooserProperty(json.chooser, json.chooserLabel, show, derived),
					{
						displayName: json.label,
						name: json.name,
						type: 'json',
						default: json.example,
						required: true,
						description: json.description,
						displayOptions: { show: by(BY_JSON) },
					} satisfies INodeProperties,
				]
			: []),
		...prominent(fields, inFields),
		...(derived ? prominent(derived.fields, by(derived.value)) : []),
		...slotsOf(controls).flatMap((slot) => slotProperties(slot, show)),
		...additional(fields, inFields),
		...(derived ? additional(derived.fields, by(derived.value), derived.aside) : []),
		...collection(OPTIONS, 'Options', 'Add option', optionFieldsOf(operation, commonOptions), show),
	];
}

/** While the switch is on; n8n shows it as well while it is an expression, whose value no panel knows. */
const inDryRun: Show = { [`/${OPTIONS}.${DRY_RUN}`]: [true] };

const DRY_RUN_NOTICE =
	'Dry Run is on, for all items or for those that its expression names: nothing is sent for them, and the output shows what would be';

/** The parameters of a field list, shown under a condition. */
export function fieldProperties(fields: Fields, show: Show): INodeProperties[] {
	return [...prominent(fields, show), ...additional(fields, show)];
}

function prominent(fields: Fields, show: Show): INodeProperties[] {
	return slotsOf(fields)
		.filter(isProminent)
		.flatMap((slot) => slotProperties(slot, show));
}

function additional(
	fields: Fields,
	show: Show,
	{ name, label } = { name: ADDITIONAL, label: 'Additional Fields' },
): INodeProperties[] {
	const slots = slotsOf(fields).filter((slot) => !isProminent(slot));
	return collectionOf(name, label, 'Add Field', slots, show);
}

function collection(
	name: string,
	label: string,
	add: string,
	fields: Fields,
	show: Show,
): INodeProperties[] {
	return collectionOf(name, label, add, slotsOf(fields), show);
}

function collectionOf(
	name: string,
	displayName: string,
	placeholder: string,
	slots: readonly Slot[],
	show: Show,
): INodeProperties[] {
	if (slots.length === 0) return [];
	const options = slots
		.flatMap((slot) => slotProperties(slot))
		.sort((a, b) => alphabetically(a.displayName, b.displayName));
	return [
		{
			displayName,
			name,
			type: 'collection',
			placeholder,
			default: {},
			options,
			displayOptions: { show },
		},
	];
}

/** The parameters of one slot; inside a collection (no `show`) everything is visible. */
function slotProperties(slot: Slot, show?: Show): INodeProperties[] {
	const { field } = slot;
	const visible: Show | undefined =
		show && slot.when ? { ...show, [slot.when.name]: [...slot.when.is] } : show;
	if (field.kind === 'either') return eitherProperties(slot, field, visible ?? {});
	const property: INodeProperties = { ...shared(slot), ...typeOf(slot) } as INodeProperties;
	if (field.kind === 'map') {
		return [
			shown(property, visible),
			shown(jsonProperty(slot, `${field.label} (JSON)`, '{}'), visible),
		];
	}
	if (field.kind === 'list' && visible) {
		const chooser = chooserName(slot);
		return [
			chooserProperty(chooser, `Specify ${field.label}`, visible),
			shown(property, { ...visible, [chooser]: [BY_FIELDS] }),
			shown(jsonProperty(slot, `${field.label} (JSON)`, '[]'), {
				...visible,
				[chooser]: [BY_JSON],
			}),
		];
	}
	return [shown(property, visible)];
}

function shared({ name, field }: Slot): Partial<INodeProperties> {
	const { label, description, hint, placeholder, grade } = field;
	return {
		displayName: label,
		name,
		...(description ? { description } : {}),
		...(hint ? { hint } : {}),
		...(placeholder ? { placeholder } : {}),
		...(grade === 'required' ? { required: true } : {}),
	};
}

function shown(property: INodeProperties, show: Show | undefined): INodeProperties {
	return show ? { ...property, displayOptions: { show } } : property;
}

function typeOf({ field }: Slot): Partial<INodeProperties> {
	switch (field.kind) {
		case 'text':
			return {
				type: 'string',
				default: field.initial ?? '',
				...(field.rows ? { typeOptions: { rows: field.rows } } : {}),
			};
		case 'number':
			// Empty, not 0: an untouched number must not be sent as one.
			return {
				type: 'number',
				default: field.initial ?? '',
				...(field.whole ? { typeOptions: wholeNumber(field) } : {}),
			};
		case 'flag':
			return isTriState(field)
				? { type: 'options', options: TRI_STATE, default: '' }
				: { type: 'boolean', default: field.always === true || field.always === 1 };
		case 'choice':
			return {
				type: 'options',
				options: withUnset(field),
				default: field.initial ?? '',
			};
		case 'codes':
			return field.load
				? { type: 'multiOptions', typeOptions: { loadOptionsMethod: field.load }, default: [] }
				: { type: 'string', default: field.initial ?? '' };
		case 'json':
			return { type: 'json', default: field.initial ?? '{}' };
		case 'day':
			return {
				type: 'dateTime',
				typeOptions: { dateOnly: true },
				default: field.initial ?? '',
			};
		case 'moment':
			return { type: 'dateTime', default: '' };
		case 'locator':
			return {
				type: 'resourceLocator',
				default: { mode: field.search ? 'list' : 'code', value: '' },
				modes: [
					...(field.search
						? [
								{
									displayName: 'From List',
									name: 'list',
									type: 'list' as const,
									typeOptions: { searchListMethod: field.search, searchable: true },
								},
							]
						: []),
					{
						displayName: 'By Code',
						name: 'code',
						type: 'string' as const,
						placeholder: field.codePlaceholder,
					},
				],
			};
		case 'texts':
			return multiple(field.itemLabel, [
				{ displayName: field.itemLabel, name: TEXTS_PART, type: 'string', default: '' },
			]);
		case 'list':
			return multiple(field.itemLabel, nested(field.fields));
		case 'map':
			return multiple('Field', [
				{ displayName: 'Name', name: 'name', type: 'string', default: '' },
				{ displayName: 'Value', name: 'value', type: 'string', default: '' },
			]);
		case 'group':
			return {
				type: 'fixedCollection',
				default: {},
				placeholder: `Add ${field.label}`,
				options: [part(GROUP_PART, field.label, nested(field.fields))],
			};
		case 'either':
			return {};
	}
}

/** n8n's panel refuses what is below `minValue` while it is typed; the checks do so for expressions too. */
const wholeNumber = ({ above }: NumberField) => ({
	numberPrecision: 0,
	...(above === undefined ? {} : { minValue: above + 1 }),
});

/** Members of a group or list entry, all in sight. */
function nested(fields: Fields): INodeProperties[] {
	return slotsOf(fields).flatMap((slot) => slotProperties(slot));
}

function multiple(itemLabel: string, values: INodeProperties[]): Partial<INodeProperties> {
	return {
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		default: {},
		placeholder: `Add ${itemLabel}`,
		options: [part(LIST_PART, itemLabel, values)],
	};
}

const part = (
	name: string,
	displayName: string,
	values: INodeProperties[],
): INodePropertyCollection => ({ name, displayName, values });

/** A flag in the open that nobody has set must not be sent as "no". */
function isTriState(field: Field): boolean {
	return field.kind === 'flag' && field.grade === 'strong';
}

const TRI_STATE: INodePropertyOptions[] = [
	{ name: 'No', value: 'false' },
	{ name: 'Not Known', value: '' },
	{ name: 'Yes', value: 'true' },
];

function withUnset(field: Extract<Field, { kind: 'choice' }>): INodePropertyOptions[] {
	const unset =
		field.grade === 'required' || field.initial ? [] : [{ name: '(Not Set)', value: '' }];
	return [...unset, ...field.options.map((option) => ({ ...option }))];
}

function eitherProperties(slot: Slot, field: EitherField, show: Show): INodeProperties[] {
	const chooser = chooserName(slot);
	const { text, group } = field;
	const textSlot: Slot = { name: `${slot.name}_${text.value}`, path: slot.path, field: text.field };
	return [
		{
			displayName: field.choiceLabel,
			name: chooser,
			type: 'options',
			options: [
				{ name: group.name, value: group.value },
				{ name: text.name, value: text.value },
			],
			default: group.value,
			displayOptions: { show },
		},
		...slotProperties(textSlot, { ...show, [chooser]: [text.value] }),
		...slotsOf(group.field.fields, slot.path).flatMap((member) =>
			slotProperties(member, { ...show, [chooser]: [group.value] }),
		),
	];
}

function chooserProperty(
	name: string,
	displayName: string,
	show: Show,
	third?: { name: string; value: string },
): INodeProperties {
	const ways = [
		{ name: 'Using Fields Below', value: BY_FIELDS },
		{ name: 'Using JSON', value: BY_JSON },
		...(third ? [{ name: third.name, value: third.value }] : []),
	];
	return {
		displayName,
		name,
		type: 'options',
		noDataExpression: true,
		options: ways.sort((a, b) => alphabetically(a.name, b.name)),
		default: BY_FIELDS,
		displayOptions: { show },
	};
}

function jsonProperty(slot: Slot, displayName: string, example: string): INodeProperties {
	return { displayName, name: jsonName(slot), type: 'json', default: example };
}

/** A line of text in the panel. */
export function noticeProperty(name: string, displayName: string, show: Show): INodeProperties {
	return { displayName, name, type: 'notice', default: '', displayOptions: { show } };
}
