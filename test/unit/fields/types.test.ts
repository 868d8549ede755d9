/**
 * The types of checked values, inferred from the fields. The compiler is what tests here: a type that is
 * another than it is said to be does not compile.
 */
import * as z from 'zod/v4';
import {
	choice,
	codes,
	day,
	either,
	flag,
	group,
	type InputOf,
	json,
	list,
	locator,
	map,
	moment,
	number,
	type SettingsOf,
	text,
	texts,
} from '../../../lib/fields/field';
import { operationsFor } from '../../../lib/operation/operation';

type Equal<A, B> =
	(<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/** An intersection as one object. */
type Plain<T> = { [M in keyof T]: T[M] };

/** Compiles only if the two types are the same. */
const same = <A, B>(..._isSame: Equal<A, B> extends true ? [] : [never]): void => {};

const asked = { grade: 'required' } as const;
const card = { field: 'by', is: ['card'] } as const;
const A = { name: 'A', value: 'a' } as const;
const box = { weight: number('Weight', asked), note: text('Note') };
const address = { city: text('City', asked), phone: text('Phone') };

const fields = {
	text: text('Text', asked),
	number: number('Number', asked),
	flag: flag('Flag', asked),
	wireFlag: flag('Flag', { grade: 'required', wire: { true: 1, false: 0 } }),
	choice: choice('Choice', [A, { name: 'B', value: 'b' }], asked),
	open: choice('Choice', [A], { grade: 'required', open: true }),
	iso: moment('Moment', 'iso', asked),
	epoch: moment('Moment', 'epochMs', asked),
	day: day('Day', asked),
	locator: locator('Locator', 'e.g. UA', asked),
	codes: codes('Codes', asked),
	texts: texts('Texts', 'Text', asked),
	json: json('JSON', asked),
	map: map('Map', asked),
	group: group('Group', address, asked),
	list: list('List', 'Box', box, asked),
	either: either(
		'Either',
		{ value: 'code', field: text('Code') },
		{ value: 'address', field: group('Address', address) },
		asked,
	),
};
type Body = InputOf<typeof fields>;
type Members = Record<string, unknown>;

it('of a body are those of the kinds', () => {
	same<Body['text'], string>();
	same<Body['number'], number>();
	same<Body['flag'], boolean>();
	same<Body['wireFlag'], 0 | 1>();
	same<Body['choice'], 'a' | 'b'>();
	same<Body['open'], string>();
	same<Body['iso'], string>();
	same<Body['epoch'], number>();
	same<Body['day'], string>();
	same<Body['locator'], string>();
	same<Body['codes'], string[]>();
	same<Body['texts'], string[]>();
	same<Body['json'], Members>();
	same<Body['map'], Members>();
	same<Body['group'], InputOf<typeof address>>();
	same<Body['list'], Array<InputOf<typeof box>>>();
	same<Body['either'], string | InputOf<typeof address>>();
	same<Body['of the user'], unknown>();
	expect(fields.group).toEqual({ kind: 'group', label: 'Group', fields: address, ...asked });
});

const presence = {
	asked: text('Asked', asked),
	hidden: text('Hidden', { grade: 'required', when: card }),
	given: number('Given', { always: 10 }),
	hiddenGiven: number('Hidden', { always: 10, when: card }),
	strong: text('Strong', { grade: 'strong' }),
	free: text('Free'),
	spread: { ...text('Spread', asked), initial: 'a', when: card },
};

it('say what is always there', () => {
	type Present = { asked: string; given: number };
	type Absent = { hidden?: string; hiddenGiven?: number; strong?: string; free?: string };
	same<Plain<SettingsOf<typeof presence>>, Plain<Present & Absent & { spread?: string }>>();
	same<InputOf<typeof presence>['asked'], string>();
	// JSON may leave out what the editor's parameters always give
	same<InputOf<typeof presence>['given'], number | undefined>();
	expect(presence.spread).toMatchObject({ label: 'Spread', initial: 'a', when: card });
});

it('reach the functions of an operation', async () => {
	const operation = operationsFor<string, string>((endpoints) => ({ endpoints }))({
		value: 'send',
		name: 'Send',
		action: 'Send',
		description: 'Send',
		kind: 'write',
		endpoints: [],
		output: { usual: () => z.looseObject({}) },
		fields: { no: text('Number', asked), note: text('Note') },
		controls: { wait: flag('Wait', { always: true }) },
		options: { tries: number('Tries') },
		identity: 'no',
		itemsPerRequest: 'tries',
		performEach: async ({ client }, { body, settings }) => {
			same<typeof client, string>();
			same<typeof body.no, string>();
			same<typeof body.note, string | undefined>();
			same<typeof body.more, unknown>();
			same<typeof settings.wait, boolean>();
			same<typeof settings.tries, number | undefined>();
			same<typeof settings.timeout, number>();
			same<typeof settings.dryRun, boolean | undefined>();
			return [{ json: { client, no: body.no, tries: settings.tries } }];
		},
	});
	expect(operation).toMatchObject({ identity: 'no', itemsPerRequest: 'tries' });
});

it('refuse what a kind does not know', () => {
	// @ts-expect-error -- a typing error
	expect(text('Text', { placeholdr: 'e.g. A' })).toMatchObject({ kind: 'text' });
	// @ts-expect-error -- a text has no smallest value
	expect(text('Text', { min: 3 })).toMatchObject({ kind: 'text' });
});
