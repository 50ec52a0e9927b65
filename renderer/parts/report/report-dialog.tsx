import { useCallback, useEffect, useState } from 'react';
import { Button, Checkbox, Group, Modal, ScrollArea, Tabs, Text, Textarea } from '@mantine/core';
import { maxReportText } from '../../../shared/bridge/max-report-text.ts';
import type { ReportFile } from '../../../shared/bridge/problem-report.ts';
import type { Failure } from '../../../shared/errors/result.ts';
import { useConsoleBridge } from '../../bridge/console-bridge.ts';
import { settingsTexts } from '../../texts/en/settings.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { FailureLine } from '../failure/failure-line.tsx';
import { onOpenReport } from './open-report.ts';
import './report.css';

/** Shows a report about a problem, file by file, and saves what its sender has read and chosen. Opens by the menu or {@link openReport}. */
export function ReportDialog() {
  const t = useTexts();
  const bridge = useConsoleBridge();
  const [files, setFiles] = useState<readonly ReportFile[] | null>(null);
  const [chosen, setChosen] = useState<ReadonlySet<ReportFile['name']>>(new Set());
  const [description, setDescription] = useState('');
  const [saved, setSaved] = useState<string | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const open = useCallback(async () => {
    const answer = await bridge.app.problemReport();
    setSaved(null);
    setFailure(answer.ok ? null : answer.failure);
    const collected = answer.ok ? answer.value.files : [];
    setFiles(collected);
    setChosen(new Set(collected.map(({ name }) => name)));
  }, [bridge]);
  useEffect(() => {
    const offs = [
      onOpenReport(() => void open()),
      bridge.on('navigate', ({ to }) => {
        if (to === 'report') void open();
      }),
    ];
    return () => {
      for (const off of offs) off();
    };
  }, [bridge, open]);
  const close = () => {
    setFiles(null);
    setDescription('');
  };
  const save = async () => {
    const answer = await bridge.app.saveProblemReport({ description, files: [...chosen] });
    setFailure(answer.ok ? null : answer.failure);
    if (answer.ok) setSaved(answer.value);
  };
  const include = (name: ReportFile['name'], isIncluded: boolean) =>
    setChosen(
      (before) => new Set(isIncluded ? [...before, name] : [...before].filter((other) => other !== name)),
    );
  if (files === null) return null;
  return (
    <Modal
      opened
      onClose={close}
      size="xl"
      title={t('settings.diagnostics.report')}
      transitionProps={{ duration: 0 }}
      data-testid="report"
    >
      <Text size="sm" mb="sm">
        {t('settings.diagnostics.reportLead')}
      </Text>
      <Textarea
        data-testid="report-description"
        data-autofocus
        label={t('settings.diagnostics.reportDescription')}
        autosize
        minRows={2}
        maxRows={6}
        maxLength={maxReportText}
        value={description}
        onChange={(event) => setDescription(event.currentTarget.value)}
      />
      <Tabs defaultValue={files[0]?.name ?? null} mt="md">
        <Tabs.List aria-label={t('settings.diagnostics.reportFiles')}>
          {files.map(({ name }) => (
            <Tabs.Tab key={name} value={name}>
              {settingsTexts.diagnostics.reportNames[name]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {files.map(({ name, text }) => (
          <Tabs.Panel key={name} value={name} pt="sm">
            <Checkbox
              mb="xs"
              label={name}
              data-testid={`report-include-${name}`}
              checked={chosen.has(name)}
              onChange={(event) => include(name, event.currentTarget.checked)}
            />
            <ScrollArea.Autosize mah={280} type="auto">
              <pre className="report-text" data-testid={`report-text-${name}`}>
                {text}
              </pre>
            </ScrollArea.Autosize>
          </Tabs.Panel>
        ))}
      </Tabs>
      <FailureLine failure={failure} />
      <Group mt="md">
        <Button data-testid="report-save" onClick={() => void save()}>
          {t('settings.diagnostics.reportSave')}
        </Button>
        <Button variant="default" data-testid="report-close" onClick={close}>
          {t('settings.diagnostics.reportCancel')}
        </Button>
        <Text size="sm" role="status" data-testid="report-saved">
          {saved === null ? '' : t('settings.diagnostics.reportSaved', { name: saved })}
        </Text>
      </Group>
    </Modal>
  );
}
