import { BlockList, isIPv4, isIPv6 } from 'node:net';

/** The subnet that was asked about last: a query asks about the same one for each event. */
let last: { readonly text: string; readonly list: BlockList | undefined } | undefined;

/** Whether an address is in a subnet, such as `10.0.0.0/8`. False if one of them is malformed (assumed). */
export function isInSubnet(address: string, subnet: string): boolean {
  if (last?.text !== subnet) last = { text: subnet, list: listOf(subnet) };
  if (isIPv4(address)) return last.list?.check(address, 'ipv4') ?? false;
  return isIPv6(address) && (last.list?.check(address, 'ipv6') ?? false);
}

function listOf(subnet: string): BlockList | undefined {
  const [, network, prefix] = /^([^/]{1,50})\/(\d{1,3})$/.exec(subnet) ?? [];
  if (network === undefined) return undefined;
  const family = isIPv4(network) ? 'ipv4' : isIPv6(network) && 'ipv6';
  if (family === false || Number(prefix) > (family === 'ipv4' ? 32 : 128)) return undefined;
  const list = new BlockList();
  list.addSubnet(network, Number(prefix), family);
  return list;
}
