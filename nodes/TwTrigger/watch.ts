/** What the trigger can watch for: one object per event, each in its own file. */
import type { IDataObject } from 'n8n-workflow';
import type { Fault } from '../../lib/base/errors';
import type { Limits } from '../../lib/base/limits';
import type { Fields, SettingsOf } from '../../lib/fields/field';
import type { Output } from '../../lib/operation/operation';
import type { Register, RememberPlace } from '../../lib/register/register';
import type { TwClient } from '../../lib/tw/wire/client';

/** What a poll may use. */
export interface Look {
	client: TwClient;
	limits: Limits;
	register: (place: RememberPlace) => Promise<Register>;
	/** The clock, milliseconds since 1970 UTC. */
	nowMs: number;
	/** Logs in n8n what failed, if the poll goes on. */
	warn: (message: string, fault?: Fault) => void;
}

export interface Seen<State> {
	/** One for each piece of news. */
	items: IDataObject[];
	/** Kept for the next poll. */
	state: State;
}

interface Watch<F extends Fields, State, Settings = SettingsOf<F>> {
	/** Stored in workflows; never renamed. */
	value: string;
	name: string;
	description: string;
	/** What its items look like. */
	output: Output;
	fields: F;
	/** Titles of the endpoints that this calls. */
	endpoints: readonly string[];
	/**
	 * Looks once.
	 *
	 * @param state the last poll's; undefined at the first
	 */
	poll: (look: Look, settings: Settings, state: State | undefined) => Promise<Seen<State>>;
	/** Items like those to come, for a test run in the editor; changes nothing. */
	sample: (look: Look, settings: Settings) => Promise<IDataObject[]>;
}

/** Any watch, as the node lists it. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- each watch has settings and state of its own; the node only hands them through
export type AnyWatch = Watch<Fields, any, any>;

/** Makes a watch; its settings are those of its fields. */
export const watch = <F extends Fields, State>(definition: Watch<F, State>): AnyWatch => definition;
