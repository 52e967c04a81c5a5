/** A link from a title: "Budgetdagen på Öland!" → "budgetdagen-pa-oland". At most 80 characters. */
export function slug_from(title: string, longest = 80): string {
  return title
    .toLowerCase()
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, longest)
    .replace(/^-+|-+$/g, '');
}
