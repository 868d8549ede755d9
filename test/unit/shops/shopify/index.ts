import { orders } from './orders';
import { others } from './others';

export const shopify = [...orders, ...others];
