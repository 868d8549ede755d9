/** The shops that can be read. */
import type { Shop } from './order';
import type { ShopAdapter } from './shop';
import { shopify } from './shopify/adapter';
import { stripe } from './stripe/adapter';
import { woocommerce } from './woocommerce/adapter';

export const adapters: Readonly<Record<Shop, ShopAdapter>> = { shopify, stripe, woocommerce };
