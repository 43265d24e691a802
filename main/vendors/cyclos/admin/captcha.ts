import { GatehouseError } from '#contract/failure.ts';
import type { VendorContext } from '../../vendor.ts';
import { cyclosClient } from '../api/client.ts';
import type { DataForLogin } from '../api/models.ts';

export interface Captcha {
  challenge: string;
  /** A data: address. */
  image: string;
}

/** Pixels; wide enough for a person to read. */
const size = { width: 240, height: 80 };

const signatures: [type: string, first: string][] = [
  ['image/png', '89504e47'],
  ['image/jpeg', 'ffd8ff'],
  ['image/gif', '47494638'],
];

/** Which captcha the recovery asks for: 'internal', another provider that only the vendor's pages can show, or none. */
export function captchaProvider(data: DataForLogin): string | null {
  return data.forgotPasswordCaptchaInput?.provider ?? data.forgotPasswordCaptchaProvider ?? null;
}

export async function newCaptcha(context: VendorContext): Promise<Captcha> {
  const client = cyclosClient(context.http, { kind: 'guest' }).passwords;
  const challenge = (await client.newCaptcha()).trim().replace(/^"|"$/g, '');
  const bytes = Buffer.from(await client.getCaptchaImage(challenge, size));
  const type = signatures.find(([, first]) => bytes.toString('hex').startsWith(first))?.[0];
  if (!type)
    throw new GatehouseError({
      kind: 'unexpected-answer',
      message: 'Cyclos’s captcha is not a picture that can be shown.',
      advice: 'Use the network’s own page for forgotten passwords.',
    });
  return { challenge, image: `data:${type};base64,${bytes.toString('base64')}` };
}
