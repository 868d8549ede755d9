/** Every documented body there is. */
import type { ShopBody } from './body';
import { shopify } from './shopify';
import { stripe } from './stripe';
import { woocommerce } from './woocommerce';

export const shopBodies: readonly ShopBody[] = [...shopify, ...woocommerce, ...stripe];
