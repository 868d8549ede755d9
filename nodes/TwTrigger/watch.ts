/** What the trigger can watch for: one object per event, each in a file of its own. */
import type { IDataObject } from 'n8n-workflow';
import type { Limits } from '../../lib/base/limits';
import type { Fields } from '../../lib/operation/fields/model';
import type { Output } from '../../lib/operation/operation';
import type { TwClient } from '../../lib/tw/wire/client';

/** A poll's surroundings. */
export interface Look {
	client: TwClient;
	limits: Limits;
	/** The clock, milliseconds since 1970 UTC. */
	nowMs: number;
	/** Writes to the host's log. */
	warn: (message: string) => void;
}

export interface Seen<State> {
	/** What is new, one item each. */
	items: IDataObject[];
	/** To be kept for the next poll. */
	state: State;
}

export interface Watch<Settings = Record<string, unknown>, State = Record<string, unknown>> {
	/** Stored in workflows; never renamed. */
	value: string;
	name: string;
	description: string;
	notice?: string;
	/** What its items look like. */
	output: Output;
	fields: Fields;
	/** Titles of the vendor's endpoints that this calls. */
	endpoints: readonly string[];
	/**
	 * Looks once.
	 *
	 * @param state what the last poll kept; undefined at the first
	 */
	poll: (look: Look, settings: Settings, state: State | undefined) => Promise<Seen<State>>;
	/** Items like those to come, for a test run in the editor; changes nothing. */
	sample: (look: Look, settings: Settings) => Promise<IDataObject[]>;
}

/** Any watch; what the node holds in its list. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- each watch has settings and state of its own; the node only hands them through
export type AnyWatch = Watch<any, any>;
