import { parseArgs } from 'node:util';
import { type Shop, SHOPS } from '../lib/shops/order';
import { HAPPENINGS, type Happening } from './demo-deliveries';
import { HostError } from './errors';

const SHOP_NAMES = Object.keys(SHOPS) as Shop[];

export const HELP = `Usage: npm run demo:order -- [${HAPPENINGS.join(' | ')}] [number of the order] [options]

Without --to it goes to the example flow of npm start.

  --to <URL>         the Test URL or Production URL of any Shop Trigger
  --shop <name>      ${SHOP_NAMES.join(', ')}; as the trigger expects it (default ${SHOP_NAMES[0]})
  --secret <secret>  what to sign with, if it is not the demo's; SHOP_SECRET in the environment does the same
                     and stays out of the list of processes`;

/** What the command line asks for. */
export interface Wish {
	what: Happening;
	/** The order's, as the shop's customers know it. */
	number: number;
	shop: Shop;
	to: string | undefined;
	secret: string | undefined;
}

/**
 * @returns undefined if it asks for nothing that there is
 * @throws {HostError} if npm has kept an option, which says what to write instead; never the secret
 */
export function wishOf(args: string[], env: NodeJS.ProcessEnv): Wish | undefined {
	const kept = keptByNpm(env);
	if (kept) {
		throw new HostError(
			`Nothing was sent: npm took --${kept} for itself. Put -- before it: npm run demo:order -- --${kept} …`,
		);
	}
	const text = { type: 'string' } as const;
	const options = { to: text, shop: text, secret: text };
	try {
		const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
		const isNumberAlone = /^\d+$/.test(positionals[0] ?? '');
		const [what, number = '1042', ...more] = isNumberAlone
			? ['paid', ...positionals]
			: [positionals[0] ?? 'paid', ...positionals.slice(1)];
		const { shop = 'shopify', to, secret = env['SHOP_SECRET'] } = values;
		if (more.length > 0 || !isOneOf(HAPPENINGS, what) || !isOneOf(SHOP_NAMES, shop))
			return undefined;
		if (!/^\d{1,9}$/.test(number) || (to === undefined && shop !== 'shopify')) return undefined;
		return { what, number: Number(number), shop, to, secret: secret === '' ? undefined : secret };
	} catch {
		return undefined;
	}
}

/**
 * The option that npm took for one of its own, since no `--` was before it; in its environment it says so. npm 11
 * takes `--to` for short for its `--token-description`, which somebody may also have set for good.
 */
function keptByNpm(env: NodeJS.ProcessEnv): 'to' | 'shop' | 'secret' | undefined {
	if (/^true$|\//.test(env['npm_config_token_description'] ?? '')) return 'to';
	return (['to', 'shop', 'secret'] as const).find((name) => env[`npm_config_${name}`]);
}

const isOneOf = <T extends string>(all: readonly T[], one: string): one is T =>
	(all as readonly string[]).includes(one);
