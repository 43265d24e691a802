import { principalTypeRef } from './auth-view.ts';
import { CAPTCHA_LENGTH } from './captcha-image.ts';
import { providerView } from './identity.ts';
import { detailedType, typeInput } from './password-input.ts';
import { principalTypes } from './principals.ts';
import { type Place, passwordType } from './state.ts';

/** DataForLogin of a network, in the shape of its generation. */
export function dataForLogin(place: Place): Record<string, unknown> {
  const { network, state } = place;
  const type = passwordType(network, network.accessPassword);
  const withCaptcha = network.forgotPasswordMediums.length > 0;
  return {
    accessPasswordType: { id: type.id, name: type.name, internalName: type.internalName },
    principalTypes: network.principalTypes.map((name) => principalTypeInput(place, name)),
    defaultPrincipalType: network.defaultPrincipalType,
    extraForgotPasswordPrincipalTypes: network.extraForgotPrincipalTypes.map((name) =>
      principalTypeInput(place, name),
    ),
    loginPasswordInput: {
      ...typeInput(type, null, place),
      ...(state.generation === '4.16'
        ? { allowedCredentials: ['password'], passwordType: detailedType(type) }
        : {}),
    },
    ...(withCaptcha ? { forgotPasswordCaptchaProvider: 'internal' } : {}),
    ...(withCaptcha && state.generation === '4.16'
      ? { forgotPasswordCaptchaInput: { provider: 'internal', textLength: CAPTCHA_LENGTH } }
      : {}),
    ...(withCaptcha ? { forgotPasswordMediums: network.forgotPasswordMediums } : {}),
    ...(state.generation === '4.16'
      ? { identityProviders: network.identityProviders.map(providerView), verificationCodeSeconds: 60 }
      : {}),
  };
}

function principalTypeInput(place: Place, name: string): Record<string, unknown> {
  return {
    ...principalTypeRef(place, name),
    kind: principalTypes[name]?.kind,
    ...(name === 'accountNumber' ? { mask: '####-####', example: '4100-0001' } : {}),
    allowManualInput: true,
  };
}
