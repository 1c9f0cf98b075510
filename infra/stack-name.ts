/** The stack's name, which its template file and its physical names start with. */
export const stackName = 'Cordon';
