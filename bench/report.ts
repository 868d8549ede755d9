import type { Spread } from './rounds';

/** One figure of the benchmark, and what it has to reach, if anything. */
export interface Figure {
	/** Heading it stands under. */
	part: string;
	what: string;
	value: Spread | number;
	/** Digits after the point; two where nothing is said. */
	digits?: number;
	unit?: string;
	atLeast?: number;
	atMost?: number;
	remark?: string;
}

/** Collects figures; prints each as soon as it is known. */
export class Report {
	readonly figures: Figure[] = [];
	private part = '';

	constructor(private readonly quiet: boolean) {}

	add(figure: Figure): void {
		this.figures.push(figure);
		if (this.quiet) return;
		if (figure.part !== this.part) console.log(`\n${figure.part}`);
		this.part = figure.part;
		console.log(`  ${lineOf(figure)}`);
	}

	/** Tells what is going on, for the person who waits. */
	note(text: string): void {
		console.error(`· ${text}`);
	}

	/** Figures that have a goal, by whether they reach it. */
	get goals(): { reached: Figure[]; missed: Figure[] } {
		const all = this.figures.filter(hasGoal);
		return { reached: all.filter(isReached), missed: all.filter((figure) => !isReached(figure)) };
	}
}

const medianOf = (value: Figure['value']) => (typeof value === 'number' ? value : value.median);
const hasGoal = ({ atLeast, atMost }: Figure) => atLeast !== undefined || atMost !== undefined;

/** Judged by the median. */
export function isReached({ value, atLeast = -Infinity, atMost = Infinity }: Figure): boolean {
	return medianOf(value) >= atLeast && medianOf(value) <= atMost;
}

function lineOf(figure: Figure): string {
	const { what, value, digits = 2, unit = '×', atLeast, atMost, remark } = figure;
	const show = (number: number) => number.toFixed(digits);
	const spread = typeof value === 'number' ? '' : `  (${show(value.least)} to ${show(value.most)})`;
	const goal = atLeast === undefined ? (atMost === undefined ? '' : `≤ ${atMost}`) : `≥ ${atLeast}`;
	const verdict = goal && `  ${isReached(figure) ? '✓' : '✗'} ${goal}`;
	const told = remark ? `  ${remark}` : '';
	return `${what.padEnd(58)} ${show(medianOf(value)).padStart(8)} ${unit}${spread}${verdict}${told}`;
}
