import { Label, Radio, RadioGroup } from 'react-aria-components';
import { useApp } from '../state/store.ts';
import { plain } from '../ui/plain.ts';
import style from './account-form.module.css';

/** Which of the vendors a new account is at. */
export function VendorChoice({ value, onChange }: { value: string; onChange(vendorId: string): void }) {
  const vendors = useApp((app) => app.vendors);
  return (
    <RadioGroup className={style.vendors ?? ''} value={value} onChange={onChange} orientation="horizontal">
      <Label className="screen-reader-only">Vendor</Label>
      {vendors.map((vendor) => (
        <Radio key={vendor.id} value={vendor.id} className={style.vendor ?? ''}>
          <span className={style.vendorName}>{plain(vendor.name, 40)}</span>
          <span className={style.vendorPurpose}>{plain(vendor.purpose, 40)}</span>
        </Radio>
      ))}
    </RadioGroup>
  );
}
