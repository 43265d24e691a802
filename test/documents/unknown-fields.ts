import { z } from 'zod';

const schemaShape = z.object({
  properties: z.record(z.string(), z.unknown()).optional(),
  additionalProperties: z.unknown().optional(),
  items: z.unknown().optional(),
  allOf: z.array(z.unknown()).optional(),
  oneOf: z.array(z.unknown()).optional(),
  anyOf: z.array(z.unknown()).optional(),
});
type Schema = z.infer<typeof schemaShape>;

/**
 * The fields of `value` that its schema does not name, as "a.b, which the document does not have": OpenAPI lets any pass, and an invented field is
 * how a client and a practice server agree on something that no vendor sends. A schema without fields of its own takes any.
 */
export function unknownFields(schema: unknown, value: unknown, at: string[] = []): string[] {
  const parts = partsOf(schema);
  if (Array.isArray(value)) {
    const items = parts.flatMap((part) => (part.items === undefined ? [] : [part.items]));
    return value.flatMap((one) => unknownFields({ allOf: items }, one, [...at, '*']));
  }
  if (typeof value !== 'object' || value === null) return [];
  const isOpen = parts.every((part) => !part.properties && part.additionalProperties === undefined);
  if (isOpen) return [];
  return Object.entries(value).flatMap(([name, one]) => {
    const own = parts.flatMap((part) =>
      part.properties && name in part.properties ? [part.properties[name]] : [],
    );
    const others = parts.flatMap((part) => (part.additionalProperties ? [part.additionalProperties] : []));
    const path = [...at, name];
    if (own.length > 0) return unknownFields({ allOf: own }, one, path);
    if (others.length === 0) return [`${path.join('.')}, which the document does not have`];
    return others.includes(true) ? [] : unknownFields({ allOf: others }, one, path);
  });
}

/** The schema and all that it is put together from; of alternatives every one. */
function partsOf(schema: unknown): Schema[] {
  const own = schemaShape.safeParse(schema).data;
  if (!own) return [];
  const more = [...(own.allOf ?? []), ...(own.oneOf ?? []), ...(own.anyOf ?? [])];
  return [own, ...more.flatMap(partsOf)];
}
