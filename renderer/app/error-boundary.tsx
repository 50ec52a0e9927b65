import { Component, type ReactNode } from 'react';
import { Button, Group, Text } from '@mantine/core';
import type { Bridge } from '../../shared/bridge/contract.ts';
import { useWords } from '../texts/use-words.ts';
import { Gate } from './gate.tsx';

/** Catches what no screen caught: says so and offers to load the window again. */
export class ErrorBoundary extends Component<
  { readonly bridge: Bridge; readonly children: ReactNode },
  { readonly broken: boolean }
> {
  override state = { broken: false };

  static getDerivedStateFromError(): { broken: boolean } {
    return { broken: true };
  }
  override render(): ReactNode {
    return this.state.broken ? <Broken bridge={this.props.bridge} /> : this.props.children;
  }
}

function Broken({ bridge }: { readonly bridge: Bridge }) {
  const words = useWords();
  return (
    <Gate title={words('app.broken.title')}>
      <Text>{words('app.broken.text')}</Text>
      <Group>
        <Button onClick={() => window.location.reload()}>{words('app.broken.reload')}</Button>
        <Button variant="default" onClick={() => void bridge.app.copyDiagnostics()}>
          {words('app.broken.diagnostics')}
        </Button>
      </Group>
    </Gate>
  );
}
