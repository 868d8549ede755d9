/** Takes out of a vendor's text whatever may tell who somebody is, so that it can be given to others. */

/** What stands in place of what was taken out. */
const LEFT_OUT = '…';

/** A name that a programmer gave, in contrast to a number or a person's name that serves as a key. */
const MEMBER_NAME = /^_?[a-z][A-Za-z0-9_]{0,39}$/;
/** So many digits in a row are an order number, a postcode, a phone number or part of one. */
const TELLING_DIGITS = /\d{3}/;

/** A member's name, or a star for a key that may be somebody's number or name. */
export const memberName = (name: string) =>
	MEMBER_NAME.test(name) && !TELLING_DIGITS.test(name) ? name : '*';

/** Words of messages about requests. Nobody is called like that. */
const ENGLISH = new Set(
	`a access account address already an and api are at authentication authorization authorized balance
	bad bag be bill body box boxes busy by call called can cancelled cannot channel check closed code
	completed content country created customer data database date day deleted denied disabled does
	duplicate empty endpoint error exception exceeded exist exists expired fail failed failure fee field
	fields find for forbidden format found from frequent get has have header http https id in incorrect
	insufficient internal invalid invoice ip is it json key label length limit limited list log login
	maintenance many max maximum member message method min missing must name no not null number object
	of ok on only or order orders package page param parameter parameters parse password path permission
	permitted please post postcode product production provide quota range rate ready request requests
	required retry right route server service sign signature size status string success supported
	system t test the this ticket tickets time timeout timestamp to token too tracking type unauthorized
	undefined unit unknown unsupported url user username valid value version warehouse weight when while
	whitelist with wrong your zip`.split(/\s+/),
);
const CHINESE =
	`不存在 不能为空 不可用 不允许 不支持 不正确 不合法 不足 余额 未找到 未授权 未登录 未开通 无权限 无权 没有权限 没有
	权限 已存在 已过期 过期 已删除 已完成 错误 失败 成功 无效 参数 缺少 必填 格式 签名 密钥 令牌 时间戳 时间 超时 频繁 请求
	请稍后 重试 接口 路径 方法 地址 账号 账户 用户名 用户 白名单 订单号 订单 单号 面单 产品 渠道 包袋 合包 账单 服务器 系统
	异常 维护 内部 数据 查询 为空 不能 必须 类型 长度 超过 限制 重复 状态`.split(/\s+/);

const WORDS = new RegExp(
	`${[...CHINESE].sort((a, b) => b.length - a.length).join('|')}|[\\p{L}\\p{N}\\p{M}]+|[^\\p{L}\\p{N}\\p{M}]+`,
	'gu',
);

/**
 * A text of which only such words are left as stand in messages about requests; in place of all others
 * is a sign. Names and numbers are among those, in whatever language.
 */
export function withoutNames(text: string): string {
	const kept = (text.match(WORDS) ?? []).map((part) => {
		if (!/[\p{L}\p{N}\p{M}]/u.test(part)) return part.replace(/[^\s.,:;!?'"()_-]+/gu, LEFT_OUT);
		return ENGLISH.has(part.toLowerCase()) || CHINESE.includes(part) ? part : LEFT_OUT;
	});
	return kept.join('').replace(/…(?:[\s….,:;!?'"()_-]*…)+/gu, LEFT_OUT);
}
