/**
 * What the answers tell of things that TW documents nowhere: the unit of a box's weight, the zone of time
 * stamps. Only what follows is said; otherwise null.
 */
import { isRecord } from '../../base/json-value';
import { orderInfoData } from '../wire/answers';
import type { Contract } from './course';
import { trialEntry } from './readers';

export interface Told {
	/** As TW writes it, e.g. `LBS`. */
	chargeWeightUnit: string | null;
	/** In what a box's `weight` is read; told by what a box of a known weight is charged as. */
	boxWeightUnit: 'lb' | 'kg' | null;
	/** The smallest offset from UTC that fits TW's latest time stamp, in minutes; null if any fits. */
	leastOffsetMinutes: number | null;
}

const LB_PER_KG = 2.20462;
/** Carriers round up to whole units. */
const ROUNDING = 1;

/** @param boxWeight of the trial's one box; @param nowMs this host's clock */
export function toldBy(
	{ data, answers, clockAheadMs = 0 }: Contract,
	boxWeight: number | undefined,
	nowMs: number,
): Told {
	const trial = trialEntry(data.orderTrial);
	const info = orderInfoData.safeParse(data.orderInfo).data;
	const charged = isRecord(trial) ? trial : {};
	const unit = charged['charge_weight_unit'] ?? info?.charge_weight_unit;
	const chargeWeightUnit = typeof unit === 'string' && /^[A-Za-z]{1,6}$/.test(unit) ? unit : null;
	return {
		chargeWeightUnit,
		boxWeightUnit: weightUnit(charged['charge_weight'], charged['charge_weight_unit'], boxWeight),
		leastOffsetMinutes: leastOffset(answers, nowMs - clockAheadMs),
	};
}

function weightUnit(
	charged: unknown,
	unit: unknown,
	given: number | undefined,
): Told['boxWeightUnit'] {
	const weight = Number(charged);
	if (given === undefined || !(weight > 0) || typeof unit !== 'string') return null;
	const isPound = /^lbs?$/i.test(unit);
	if (!isPound && !/^kgs?$/i.test(unit)) return null;
	const fits = (expected: number) => weight >= expected - 0.01 && weight <= expected + ROUNDING;
	const asPound = fits(isPound ? given : given / LB_PER_KG);
	const asKilogram = fits(isPound ? given * LB_PER_KG : given);
	if (asPound === asKilogram) return null;
	return asPound ? 'lb' : 'kg';
}

const STAMP = /^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2})$/;
const MINUTE_MS = 60_000;
/** Zones lie whole quarters of an hour apart. */
const QUARTER = 15;
/** TW's clock and the stamp of what it has just made may be so far apart. */
const SLACK_MS = 2 * MINUTE_MS;

/** Nothing TW has written down lies in the future: where a stamp does by UTC, it is written in a zone further east. */
function leastOffset(answers: unknown, serverNowMs: number): number | null {
	const latest = stampsIn(answers).reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
	const aheadMs = latest - serverNowMs - SLACK_MS;
	if (!(aheadMs > 0) || !Number.isFinite(aheadMs)) return null;
	return Math.ceil(aheadMs / MINUTE_MS / QUARTER) * QUARTER;
}

function stampsIn(value: unknown): number[] {
	if (typeof value === 'string') {
		const [, day, time] = STAMP.exec(value) ?? [];
		const ms = day === undefined ? Number.NaN : Date.parse(`${day}T${time}Z`);
		return Number.isNaN(ms) ? [] : [ms];
	}
	return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stampsIn) : [];
}

/** The offset of a zone from UTC in minutes; null if there is no such zone. */
export function offsetOf(timeZone: string, nowMs: number): number | null {
	try {
		const text = new Intl.DateTimeFormat('sv-SE', {
			timeZone,
			dateStyle: 'short',
			timeStyle: 'medium',
		}).format(nowMs);
		const seconds = Math.floor(nowMs / 1000) * 1000;
		return Math.round((Date.parse(`${text.replace(' ', 'T')}Z`) - seconds) / MINUTE_MS);
	} catch {
		return null;
	}
}

/** E.g. `UTC+08:00`. */
export function offsetText(minutes: number): string {
	const part = (value: number) => String(value).padStart(2, '0');
	const whole = Math.abs(minutes);
	return `UTC${minutes < 0 ? '-' : '+'}${part(Math.floor(whole / 60))}:${part(whole % 60)}`;
}
