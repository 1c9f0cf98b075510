import * as z from 'zod';

/** What the schedule of callbacks sends to `reconcile-executions`; the schedule of repairs sends EventBridge's own event. */
export const sendCallbacksTask = { task: 'send-callbacks' } as const;

export const scheduledTaskSchema = z.object({ task: z.literal(sendCallbacksTask.task).optional() });
