import type { Sandbox } from '../../sandbox';

/** An event as TD got it. */
export interface TdEvent {
	event_type: string;
	event_time: string;
	order_id?: string;
	[member: string]: unknown;
}

/** The events that TD has taken, oldest first. */
export function tdEvents(sandbox: Sandbox): TdEvent[] {
	return sandbox.ledger().events.map(({ raw }) => JSON.parse(raw) as TdEvent);
}

/** Their names in one line, for comparing. */
export function eventNames(sandbox: Sandbox): string {
	return tdEvents(sandbox)
		.map(({ event_type }) => event_type)
		.join(' ');
}
