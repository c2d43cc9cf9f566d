import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { withContext } from 'fapilog-cloudwatch';
import { noteRequestError } from 'fapilog-cloudwatch/http';
import { Observable, tap } from 'rxjs';

/** Adds the handler to each line that is logged in it, and hands its error to the line of the request: Nest answers errors itself. */
@Injectable()
export class RequestContext implements NestInterceptor {
  intercept(execution: ExecutionContext, next: CallHandler): Observable<unknown> {
    const handler = `${execution.getClass().name}.${execution.getHandler().name}`;
    const request = execution.switchToHttp().getRequest<object>();
    const noted = tap({ error: (error) => noteRequestError(request, error) });
    // The handler runs when its observable is subscribed to, and not in handle().
    return new Observable((subscriber) =>
      withContext({ handler }, () => next.handle().pipe(noted).subscribe(subscriber)),
    );
  }
}
