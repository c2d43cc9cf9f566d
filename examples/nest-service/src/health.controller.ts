import { Controller, Get } from '@nestjs/common';

@Controller('health')
export class HealthController {
  @Get()
  read(): { readonly ok: boolean } {
    return { ok: true };
  }
}
