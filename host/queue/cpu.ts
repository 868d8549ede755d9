import { readFileSync, readdirSync } from 'node:fs';

/** Shares of the machine's processor time, 0 to 1. */
export interface CpuUse {
	/** All that ran on it. */
	machine: number;
	/** This process and all that it has started: n8n, its servers, the sandbox. */
	ours: number;
}

/** Processor time since the machine was started, in ticks. */
interface Ticks {
	all: number;
	busy: number;
	ours: number;
}

/** Begins to measure; the function given back says how busy the machine was since then. */
export function measureCpu(): () => CpuUse {
	const before = ticks();
	return () => {
		const now = ticks();
		const share = (part: keyof Ticks) => (now[part] - before[part]) / (now.all - before.all);
		return { machine: share('busy'), ours: share('ours') };
	};
}

/** From the kernel's own counters, proc(5). */
function ticks(): Ticks {
	const [line = ''] = readFileSync('/proc/stat', 'utf8').split('\n', 1);
	// user, nice, system, idle, iowait, irq, softirq, steal; the guests after them are in user already
	const counts = line.trim().split(/\s+/).slice(1, 9).map(Number);
	const [, , , idle = 0, iowait = 0] = counts;
	const all = sum(counts);
	return { all, busy: all - idle - iowait, ours: sum(family().map(({ ticks }) => ticks)) };
}

interface Process {
	pid: number;
	parent: number;
	/** Its own time, and that of children that have ended. */
	ticks: number;
}

/** This process and its descendants. */
function family(): Process[] {
	const all = readdirSync('/proc')
		.filter((name) => /^\d+$/.test(name))
		.flatMap(readProcess);
	const members = all.filter(({ pid }) => pid === process.pid);
	// The list grows while it is gone through
	for (const { pid } of members) members.push(...all.filter(({ parent }) => parent === pid));
	return members;
}

function readProcess(pid: string): Process[] {
	try {
		const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
		// The program's name, in brackets, may have spaces in it
		const fields = stat
			.slice(stat.lastIndexOf(')') + 2)
			.split(' ')
			.map(Number);
		const [, parent = 0] = fields;
		return [{ pid: Number(pid), parent, ticks: sum(fields.slice(11, 15)) }];
	} catch {
		// It has ended meanwhile
		return [];
	}
}

const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0);
