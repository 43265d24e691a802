import { z } from 'zod';
import { ROLES } from './types.ts';

/** The vendor publishes no password rules; eight characters stand for them. */
export const password = z.string().min(8);
export const newPassword = z.object({ newPassword: password });
export const roles = z.array(z.enum(ROLES));
