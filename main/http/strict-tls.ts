/** Said where a connection is made, as a variable of the environment (NODE_TLS_REJECT_UNAUTHORIZED) may have changed the usual. */
export const strictTls = { minVersion: 'TLSv1.2', rejectUnauthorized: true } as const;
