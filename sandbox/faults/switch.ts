import { readFault, type Fault, type FaultRule } from './rules';

interface Armed {
	fault: Fault;
	path: RegExp;
	seen: number;
	hits: number;
}

/** Decides which requests are hit by which fault. */
export class FaultSwitch {
	private armed: Armed[] = [];

	/** Adds a rule; of several that match a request the one added first hits it. */
	add(rule: FaultRule): void {
		const fault = readFault(rule);
		this.armed.push({ fault, path: new RegExp(fault.path), seen: 0, hits: 0 });
	}

	clear(): void {
		this.armed = [];
	}

	/** The fault that hits this request, if any. A rule that has hit its `times` is spent. */
	pick(path: string, body: string): Fault | undefined {
		for (const rule of this.armed) {
			const { after, times, bodyIncludes } = rule.fault;
			const spent = times !== undefined && rule.hits >= times;
			if (spent || !rule.path.test(path) || !body.includes(bodyIncludes)) continue;
			if (rule.seen++ < after) continue;
			rule.hits++;
			return rule.fault;
		}
		return undefined;
	}
}
